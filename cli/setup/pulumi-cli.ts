import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { messageOf } from "../../kernel/errors.ts";
import type { Found, Machine, Part } from "./part.ts";
import { theGoBuild } from "./pulumi-cli-build.ts";
import { theOfficialDownload } from "./pulumi-cli-download.ts";
import { pulumiFolder, pulumiHome, PULUMI_VERSION } from "./pulumi-version.ts";
import { runProgram } from "./run-program.ts";

/** The program that runs our stacks. */
export interface PulumiCli {
  /** Absolute path of the executable. */
  readonly path: string;
  /** Whether the Node.js language host lies beside it, which runs policy packs and plain `pulumi up`. */
  readonly hasLanguageHost: boolean;
}

/** The Pulumi CLI in exactly the version of the SDK: on PATH, or in `.toolchain/`. */
export const pulumiCli: Part<PulumiCli> = {
  title: `Pulumi CLI ${PULUMI_VERSION}`,
  find: async (machine) => {
    const onPath = findOnPath(machine.env);
    const versionOnPath = onPath === undefined ? undefined : await versionOf(onPath, machine);
    if (onPath !== undefined && versionOnPath === PULUMI_VERSION) return found(onPath);
    const own = path.join(pulumiFolder(machine), "pulumi");
    if (!isExecutable(own)) return undefined;
    if (onPath === undefined) return found(own);
    return { ...found(own), note: `${onPath} is ${versionOnPath ?? "of an unknown version"} and not used` };
  },
  ways: [
    {
      title: "pulumi on PATH",
      byHand: `install Pulumi ${PULUMI_VERSION}: https://www.pulumi.com/docs/install/versions/`,
      unavailable: async (machine) => {
        const onPath = findOnPath(machine.env);
        if (onPath === undefined) return "there is none";
        return `${onPath} is ${(await versionOf(onPath, machine)) ?? "of an unknown version"}, want ${PULUMI_VERSION}`;
      },
      act: () => Promise.resolve(),
    },
    theOfficialDownload,
    theGoBuild,
  ],
};

function found(executable: string): Found<PulumiCli> {
  const folder = path.dirname(realpathSync(executable));
  return {
    value: { path: executable, hasLanguageHost: existsSync(path.join(folder, "pulumi-language-nodejs")) },
    version: PULUMI_VERSION,
    from: executable,
  };
}

function findOnPath(env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, "pulumi"))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Without the leading v; what went wrong when the program does not say it. */
async function versionOf(executable: string, machine: Machine): Promise<string | undefined> {
  try {
    const answer = await runProgram({
      program: executable,
      args: ["version"],
      env: { ...machine.env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_HOME: pulumiHome(machine) },
      timeoutMs: 20_000,
      signal: machine.signal,
    });
    return answer.trim().replace(/^v/, "");
  } catch (error) {
    machine.signal.throwIfAborted();
    machine.say(messageOf(error));
    return undefined;
  }
}
