import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import { writeCaFile } from "./ca-file.ts";
import type { World } from "./converge.ts";
import { writePrivateFile } from "./private-file.ts";
import { libpqVariables, passwordLine, withoutLibpq } from "./psql-connection.ts";
import type { PsqlTarget } from "./psql-target.ts";

/** Found on PATH. */
const PSQL = "psql";

/** What a run of psql needs. */
export interface PsqlRun {
  readonly target: PsqlTarget;
  readonly password: string;
  /** What the user wrote after `--`. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs the psql of this machine against the published port.
 * @returns `undefined` when there is no psql on PATH
 */
export async function runHostPsql(world: World, run: PsqlRun): Promise<ExitCode | undefined> {
  const { target } = run;
  const caFile = await writeCaFile(world.place, {
    name: world.topology.name,
    caCertificate: world.secrets.caCertificate,
  });
  const directory = await mkdtemp(join(world.place.stateDir, "psql-"));
  try {
    const passwordFile = join(directory, "pgpass");
    await writePrivateFile(passwordFile, passwordLine(target.user, run.password));
    const variables = libpqVariables({ ...target, ...target.published, caFile, passwordFile });
    return await untilItEnds(run.args, { ...withoutLibpq(run.env), ...variables }, world.signal);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** In psql Ctrl-C cancels a query; the terminal sends it to us as well, and here it must do nothing. */
async function untilItEnds(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ExitCode | undefined> {
  const listeners = process.listeners("SIGINT");
  const ignore = (): void => undefined;
  process.removeAllListeners("SIGINT").on("SIGINT", ignore);
  try {
    return await new Promise((resolve, reject) => {
      spawn(PSQL, [...args], { env, stdio: "inherit", signal })
        .on("error", (error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT") resolve(undefined);
          else if (error.name !== "AbortError") reject(error);
        })
        .on("close", (code, ended) => {
          resolve(ended === "SIGINT" ? EXIT.interrupted : psqlExit(code));
        });
    });
  } finally {
    process.off("SIGINT", ignore);
    for (const listener of listeners) process.on("SIGINT", listener);
  }
}

/** psql's 1, 2 and 3 (its own error, a lost connection, a failed script) are all failures. */
export function psqlExit(code: number | null): ExitCode {
  return code === 0 ? EXIT.ok : EXIT.failed;
}
