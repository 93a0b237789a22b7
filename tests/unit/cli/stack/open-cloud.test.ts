// A stack on Cloud SQL that was made before, or was not, with a program in the place of the Pulumi CLI. It does not
// prove that the real CLI decrypts.
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { runProgram } from "../../../../cli/program.ts";
import { readCloud } from "../../../../cli/stack/open-cloud.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import type { Engine } from "../../../../cli/stack/pulumi-command.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { CLOUD_ROLE_KEYS } from "../../../../topology/secrets.ts";
import { listen } from "../../../support/listening-context.ts";
import { pretendPulumi, type PretendPulumi, secured } from "../../../support/pretend-pulumi.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";

const GCP = { target: "gcp", region: "europe-west1" } as const;
const MADE = { "gcp:project": "example-prod", "pgtopology:suffix": "k3x9" };
const passwordOf = (role: string): string => `marker of ${role}`;
const PASSWORDS = Object.fromEntries(CLOUD_ROLE_KEYS.map((role) => [`password-${role}`, passwordOf(role)]));
const withSecrets = (secrets: object) => ({ ...MADE, "pgtopology:secrets": secured(JSON.stringify(secrets)) });

describe("a stack on Cloud SQL", function () {
  this.timeout(20_000);
  let clone: ScratchClone;
  let pulumi: PretendPulumi;
  beforeEach(async () => {
    clone = await scratchClone();
    pulumi = await pretendPulumi(join(clone.root, "path"));
  });
  afterEach(() => clone.remove());

  function read(stack: string) {
    const { context } = listen({ root: clone.root });
    const engine: Engine = { command: pulumi.command, env: { PATH: "/usr/bin:/bin" } };
    return readCloud(context, engine, placeOf(context, { stack }), resolveTopology(GCP, stack));
  }

  const notMade = (error: unknown): boolean => {
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.couldNotCheck);
    assert.equal(error.message, "stack prod has not been made");
    return error.fix.join() === 'Run "./pgt up --stack prod" first.';
  };

  it("has its project, its suffix and the passwords that were kept", async () => {
    await clone.wish("prod", GCP, withSecrets(PASSWORDS));
    const { passwords, project, suffix, topology } = await read("prod");
    assert.deepEqual([project, suffix, topology.stack], ["example-prod", "k3x9", "prod"]);
    assert.deepEqual(passwords, Object.fromEntries(CLOUD_ROLE_KEYS.map((role) => [role, passwordOf(role)])));
  });

  it("was not made where there is no suffix, and then nobody is asked to decrypt", async () => {
    await clone.wish("prod", GCP, { "gcp:project": "example-prod" });
    await assert.rejects(read("prod"), notMade);
    assert.deepEqual(await pulumi.calls(), []);
  });

  it("was not made as a whole where a password is missing", async () => {
    const { "password-owner": _, ...others } = PASSWORDS;
    for (const secrets of [others, {}]) {
      await clone.wish("prod", GCP, withSecrets(secrets));
      await assert.rejects(read("prod"), notMade);
    }
    await clone.wish("prod", GCP, MADE);
    await assert.rejects(read("prod"), notMade);
  });

  it("with damaged secrets is refused without a word of them", async () => {
    await clone.wish("prod", GCP, { ...MADE, "pgtopology:secrets": secured('{"password-owner": "marker of') });
    await assert.rejects(read("prod"), (error: unknown) => {
      assert.ok(error instanceof PgtError);
      assert.equal(error.exitCode, EXIT.usage);
      assert.match(error.message, /^pgtopology:secrets in .*Pulumi\.prod\.yaml is not what "\.\/pgt up" wrote/);
      return !error.message.includes("marker");
    });
  });

  describe("that was not made", () => {
    for (const options of [[], ["--json"], ["--vantage", "inside"]]) {
      it(`can't be verified: exit code 3, before anything is set up, with "${options.join(" ")}"`, async () => {
        await clone.wish("prod", GCP, { "gcp:project": "example-prod" });
        const { context, err, out } = listen({ root: clone.root });
        const code = await runProgram(context, ["verify", "--stack", "prod", ...options]);
        assert.equal(code, EXIT.couldNotCheck);
        assert.deepEqual(err, ["error: stack prod has not been made", '  → Run "./pgt up --stack prod" first.']);
        assert.deepEqual(out, []);
      });
    }

    it("is judged before it is looked for: a mistake is exit code 2", async () => {
      await clone.wish("prod", { target: "gcp" }, { "gcp:project": "example-prod" });
      const { context, err } = listen({ root: clone.root });
      assert.equal(await runProgram(context, ["verify", "--stack", "prod"]), EXIT.usage);
      assert.match(err.join("\n"), /\n {2}region\n/);
    });
  });
});
