// A real preview of the stacks of this repository by the official gcp plugin, without a network: what the provider
// itself checks of every resource. Not that the cloud would take them: nothing is asked of it.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { after, before, describe, it } from "mocha";
import { createContext } from "../../../cli/context.ts";
import { checkStack } from "../../../cli/check/check-stack.ts";
import { setUpEngine } from "../../../cli/stack/machine-parts.ts";
import { ensurePassphrase } from "../../../cli/stack/passphrase.ts";
import type { Place } from "../../../cli/stack/place.ts";
import { inlineProgram } from "../../../cli/stack/plan.ts";
import { runPulumi } from "../../../cli/stack/pulumi-command.ts";
import { readWish } from "../../../cli/stack/read-wish.ts";
import { ensureSecrets } from "../../../cli/stack/secrets.ts";
import { openEngineStack } from "../../../cli/stack/workspace.ts";
import { skipWithoutGcpPlugin } from "../../support/gcp-plugin.ts";

/** Any token will do: nothing is asked. Reading the regions would be. */
const OFFLINE = {
  GOOGLE_OAUTH_ACCESS_TOKEN: "nobody-s-token",
  PULUMI_GCP_SKIP_REGION_VALIDATION: "true",
};

describe("a preview by the official gcp plugin", function () {
  const context = createContext();
  let folder = "";

  before(async function () {
    await skipWithoutGcpPlugin(this);
    folder = await mkdtemp(join(tmpdir(), "pgt-clouds-"));
  });

  after(async () => {
    // Without a plugin there is none.
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  for (const stack of ["staging", "prod"]) {
    it(`makes every resource of ${stack} that "pgt check" lists, and the provider refuses none`, async () => {
      const place = await placeFor(stack);
      const found = await preview(stack, place);
      const { pending, resources } = await checkStack(context, { stack });
      // The program says what a second phase has to do; the provider itself has nothing to say.
      assert.deepEqual(found.problems, pending);
      assert.deepEqual(found.made.map(({ type }) => type).sort(), resources.map(({ type }) => type).sort());
    });
  }

  /** The stack's own configuration, with its state and secrets in a folder of the test's. */
  async function placeFor(stack: string): Promise<Place> {
    const { place } = await readWish(context, { stack });
    const own: Place = {
      ...place,
      stateDir: folder,
      workDir: folder,
      configFile: join(folder, `Pulumi.${stack}.yaml`),
      backendUrl: `file://${folder}`,
      passphraseFile: join(folder, "passphrase"),
    };
    await writeFile(join(folder, "Pulumi.yaml"), "name: pgtopology\nruntime: nodejs\n");
    if (stack === "staging") await ensurePassphrase(own);
    await copyFile(place.configFile, own.configFile);
    return own;
  }

  async function preview(
    stack: string,
    place: Place,
  ): Promise<{ made: readonly { type: string; name: string }[]; problems: readonly string[] }> {
    const { signal } = context;
    const ready = await setUpEngine(context, place, "gcp");
    const engine = { ...ready, env: { ...ready.env, ...OFFLINE } };
    await runPulumi(engine, place, ["stack", "init", stack, "--secrets-provider", "passphrase"], { signal });
    const { topology } = await readWish(context, { stack });
    const plain = { suffix: "test" };
    await ensureSecrets(engine, place, { topology, plain, signal, beforeFirst: () => Promise.resolve() });
    const opened = await openEngineStack(engine, place, inlineProgram);
    const made: { type: string; name: string }[] = [];
    const problems: string[] = [];
    const onEvent = ({ diagnosticEvent, resourcePreEvent }: EngineEvent): void => {
      const step = resourcePreEvent?.metadata;
      if (step?.op === "create" && step.type.startsWith("gcp:")) {
        made.push({ type: step.type, name: step.urn.split("::").at(-1) ?? "" });
      }
      if (diagnosticEvent !== undefined && ["error", "warning"].includes(diagnosticEvent.severity)) {
        const said = diagnosticEvent.message.trim();
        if (!said.startsWith("using pulumi-resource-")) problems.push(said);
      }
    };
    await opened.preview({ onEvent, color: "never" });
    return { made, problems };
  }
});
