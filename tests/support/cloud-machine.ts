import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "../../cli/setup/part.ts";
import { pretendPulumi, type PretendPulumi } from "./pretend-pulumi.ts";

/** Puts a program that does nothing on a machine's PATH. */
export async function putOnPath(machine: Machine, name: string): Promise<string> {
  return putProgram(join(machine.root, "path"), name);
}

/** Gives a machine what a stack on Cloud SQL needs, with programs that only look like it. */
export async function furnishForCloud(machine: Machine, backEnd?: string): Promise<PretendPulumi> {
  const pulumi = await pretendPulumi(join(machine.root, "path"), backEnd);
  await putOnPath(machine, "pulumi-resource-gcp");
  await putProgram(join(machine.root, "tools/policy-analyzer"), "pulumi-analyzer-policy-nodejs");
  return pulumi;
}

async function putProgram(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(file, "#!/bin/sh\n");
  await chmod(file, 0o755);
  return file;
}
