// A program of many resources without an engine, or nothing but the SDKs that it needs: bench/run.ts measures both as
// processes. `node bench/synthetic-program.ts sdk` · `node bench/synthetic-program.ts 5`: topologies beside each other.
import * as pulumi from "@pulumi/pulumi";

const what = process.argv[2] ?? "sdk";
if (what === "sdk") {
  await import("@pulumi/gcp");
} else {
  console.log(await makeResources(Number(what)));
}

/** Makes so many prod topologies; returns how many resources they have. */
async function makeResources(topologies: number): Promise<number> {
  const { createTopology } = await import("../components/create-topology.ts");
  const { resolveTopology } = await import("../topology/resolve.ts");
  const { CLOUD_ROLE_KEYS } = await import("../topology/secrets.ts");
  const passwords = Object.fromEntries(CLOUD_ROLE_KEYS.map((role) => [role, pulumi.secret(role)])) as Record<
    (typeof CLOUD_ROLE_KEYS)[number],
    pulumi.Output<string>
  >;
  let made = 0;
  await pulumi.runtime.setMocks(
    {
      call: ({ inputs }) => inputs as object,
      newResource: ({ inputs, name }) => {
        made += 1;
        return { id: name, state: inputs as object };
      },
    },
    "bench",
    "bench",
    true,
  );
  for (let number = 0; number < topologies; number += 1) {
    const topology = resolveTopology(
      {
        target: "gcp",
        environment: "prod",
        edition: "enterprise-plus",
        region: "europe-west1",
        replicas: { reports: {}, far: { purpose: "disaster-recovery", region: "europe-west4" } },
        backup: { secondCopy: { location: "europe-north1" } },
        service: { image: "app" },
      },
      `synthetic-${number}`,
    );
    await createTopology({ topology, secrets: { passwords }, project: "bench", suffix: "b", designatedReplica: "far" });
  }
  await pulumi.runtime.disconnect();
  return made;
}
