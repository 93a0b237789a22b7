import * as docker from "@pulumi/docker";
import { delimiter, join, resolve } from "node:path";
import { createContext } from "../cli/context.ts";
import { setUpMachine } from "../cli/stack/machine-parts.ts";
import { makeStandInStack } from "../tests/integration/docker-provider/stand-in-stack.ts";

const ROOT = resolve(import.meta.dirname, "..");
const CONTAINERS = 8;

/** A container that no requirement stops. */
const GOOD: Partial<docker.ContainerArgs> & { image: string } = {
  image: `sha256:${"0a".repeat(32)}`,
  user: "postgres",
  securityOpts: ["no-new-privileges"],
  capabilities: { drops: ["ALL"] },
  healthcheck: { tests: ["CMD", "pg_isready"] },
  stopSignal: "SIGINT",
  stopTimeout: 60,
};

/** Seconds of previews without and with the pack, in turns. */
export async function measurePreviews(rounds: number): Promise<{ bare: number[]; guarded: number[] }> {
  const { engine } = await setUpMachine(createContext(), undefined);
  process.env.PGT_TEST_PULUMI = engine.command;
  if (engine.env.DOCKER_HOST !== undefined) process.env.DOCKER_HOST = engine.env.DOCKER_HOST;
  process.env.PATH = [join(ROOT, "tools/policy-analyzer"), process.env.PATH ?? ""].join(delimiter);
  process.env.PGT_NODE = process.execPath;
  const made = await makeStandInStack(() => {
    for (let number = 0; number < CONTAINERS; number++) {
      const name = `bench-${number}`;
      new docker.Container(name, { ...GOOD, name, volumes: [{ containerPath: "/data", volumeName: name }] });
    }
    return Promise.resolve();
  });
  const bare: number[] = [];
  const guarded: number[] = [];
  const preview = async (policyPacks: string[]): Promise<number> => {
    const begun = performance.now();
    await made.stack.preview({ policyPacks });
    return (performance.now() - begun) / 1000;
  };
  try {
    for (let round = 0; round <= rounds; round++) {
      process.stderr.write(round === 0 ? "previews: a round that does not count\n" : `previews: round ${round}\n`);
      const times = [() => preview([]), () => preview([join(ROOT, "policies")])];
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      for (const index of order) {
        const taken = (await times[index]?.()) ?? NaN;
        if (round > 0) (index === 0 ? bare : guarded).push(taken);
      }
    }
  } finally {
    await made.remove();
  }
  return { bare, guarded };
}
