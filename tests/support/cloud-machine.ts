import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "../../cli/setup/part.ts";
import { pretendPulumi, type PretendPulumi } from "./pretend-pulumi.ts";

/** Puts a gcp plugin on a machine's PATH that can say its version, and nothing else. */
export async function putGcpPlugin(machine: Machine, script = "echo 9.37.0"): Promise<string> {
  return putProgram(join(machine.root, "path"), "pulumi-resource-gcp", script);
}

/** Gives a machine what a stack on Cloud SQL needs, with programs that only look like it. */
export async function furnishForCloud(machine: Machine, backEnd?: string): Promise<PretendPulumi> {
  const pulumi = await pretendPulumi(join(machine.root, "path"), backEnd);
  await putGcpPlugin(machine);
  await putProgram(join(machine.root, "tools/policy-analyzer"), "pulumi-analyzer-policy-nodejs");
  return pulumi;
}

async function putProgram(folder: string, name: string, script = ""): Promise<string> {
  const file = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}
