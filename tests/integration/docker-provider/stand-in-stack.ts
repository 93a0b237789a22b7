import * as automation from "@pulumi/pulumi/automation/index.js";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

/** A value that the test runner sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`${name} is not set: run it by ./pgt test --suite integration`);
  return value;
}

/** A stack in a folder of its own, whose docker plugin is the stand-in. */
export interface StandInStack {
  readonly stack: automation.Stack;
  /** Where its state, the state's backups and its history are. */
  readonly stateFolder: string;
  remove(): Promise<void>;
}

/** The plugin's entry. */
export const PLUGIN = resolve(import.meta.dirname, "../../../tools/docker-provider/main.ts");

/** Makes the stack; `program` is run by each of its operations. */
export async function makeStandInStack(program: automation.PulumiFn): Promise<StandInStack> {
  const folder = await mkdtemp(join(tmpdir(), "pgt-test-provider-"));
  const stateFolder = join(folder, "state");
  const plugins = join(folder, "plugins");
  await mkdir(stateFolder);
  await mkdir(plugins);
  const plugin = join(plugins, "pulumi-resource-docker");
  await writeFile(plugin, `#!/bin/sh\nexec '${process.execPath}' '${PLUGIN}' "$@"\n`);
  await chmod(plugin, 0o755);
  const pathBefore = process.env.PATH ?? "";
  process.env.PATH = [plugins, dirname(required("PGT_TEST_PULUMI")), pathBefore].join(delimiter);
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "pgt-test-provider", program },
    {
      workDir: folder,
      envVars: {
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${stateFolder}`,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        DOCKER_HOST: required("DOCKER_HOST"),
      },
    },
  );
  return {
    stack,
    stateFolder,
    async remove() {
      process.env.PATH = pathBefore;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a preview would do to the resource of this name: `same`, `update`, `replace` …, and which properties make it so. */
export async function previewOf(
  { stack }: StandInStack,
  name: string,
): Promise<{ op: string | undefined; diff: Record<string, { diffKind: string }> }> {
  const steps: { op: string; diff: Record<string, { diffKind: string }> }[] = [];
  await stack.preview({
    onEvent: ({ resourcePreEvent }) => {
      if (resourcePreEvent?.metadata.urn.endsWith(`::${name}`) !== true) return;
      steps.push({ op: resourcePreEvent.metadata.op, diff: resourcePreEvent.metadata.detailedDiff ?? {} });
    },
  });
  const step = steps.find(({ op }) => op === "replace") ?? steps[0];
  return { op: step?.op, diff: step?.diff ?? {} };
}
