// What is read of a stack's file before anything is made, and every mistake in it at once.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { readWish } from "../../../../cli/stack/read-wish.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import { listen } from "../../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";

const GCP = { target: "gcp", region: "europe-west1" } as const;
const PROJECT = { "gcp:project": "example-prod" };

describe("readWish", () => {
  let clone: ScratchClone;
  beforeEach(async () => {
    clone = await scratchClone();
  });
  afterEach(() => clone.remove());

  const wishOf = (stack: string) => readWish(listen({ root: clone.root }).context, { stack });

  async function refusalOf(stack: string): Promise<PgtError> {
    try {
      await wishOf(stack);
    } catch (error) {
      assert.ok(error instanceof PgtError, String(error));
      assert.equal(error.exitCode, EXIT.usage);
      return error;
    }
    throw new Error("it was let through");
  }

  it("has the topology with every default, the permissions, and the rest of the configuration", async () => {
    const permission = { id: "change/database", reason: "moved", owner: "me", expires: "2027-01-31" };
    const path = await clone.wish("prod", GCP, { ...PROJECT, "pgtopology:permissions": [permission] });
    const { configuration, permissions, place, topology } = await wishOf("prod");
    assert.equal(place.sourceFile, path);
    assert.equal(topology.target, "gcp");
    assert.equal(topology.primary.region, "europe-west1");
    assert.deepEqual(permissions, [permission]);
    assert.equal(configuration["gcp:project"], "example-prod");
  });

  it("needs no project on Docker, and takes a local stack there", async () => {
    await clone.wish("local", { target: "docker" });
    const { permissions, topology } = await wishOf("local");
    assert.equal(topology.target, "docker");
    assert.deepEqual(permissions, []);
  });

  it("names the file that is not there, and how to get one", async () => {
    const { fix, message } = await refusalOf("prod");
    assert.equal(message, `there is no ${clone.root}/Pulumi.prod.yaml`);
    assert.match(fix.join(), /Copy Pulumi\.staging\.yaml/);
  });

  it("names the line of broken YAML", async () => {
    const path = await clone.write("prod", "config:\n  pgtopology:topology: { target: gcp\n");
    const { fix, message } = await refusalOf("prod");
    assert.ok(message.startsWith(`${path} is not valid YAML: `));
    assert.match(fix.join(), /Correct line \d of /);
  });

  it("names a file without a topology", async () => {
    await clone.write("prod", "config:\n  gcp:project: example-prod\n");
    assert.match((await refusalOf("prod")).message, /Pulumi\.prod\.yaml has no pgtopology:topology$/);
  });

  it("lists every mistake at once: of the topology, of the permissions, and of the project", async () => {
    const spec = { ...GCP, highAvailability: "yes", size: { cpus: -1 } } as never;
    await clone.wish("prod", spec, { "pgtopology:permissions": [{ id: "change/database" }], "gcp:project": "X" });
    const { message } = await refusalOf("prod");
    assert.match(message, /^6 mistakes in .*\/Pulumi\.prod\.yaml:\n/);
    const places = [...message.matchAll(/^ {2}(\S+)$/gm)].map(([, place]) => place);
    assert.deepEqual(places, ["gcp:project", "size.cpus", "highAvailability", "0.reason", "0.owner", "0.expires"]);
  });

  for (const stack of ["local", "local-cloud"]) {
    it(`refuses Cloud SQL to ${stack}, which lives on this machine`, async () => {
      await clone.wish(stack, GCP, PROJECT);
      const { fix, message } = await refusalOf(stack);
      assert.equal(message, `stack ${stack} has target gcp, and stacks named local or local-… live on this machine`);
      assert.match(fix.join(), /Name it otherwise, such as staging/);
    });
  }
});
