import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import { writeCaFile } from "./ca-file.ts";
import type { Place } from "./place.ts";
import { writePrivateFile } from "./private-file.ts";
import { libpqVariables, passwordLine, type PsqlConnection, withoutLibpq } from "./psql-connection.ts";
import type { PsqlTarget } from "./psql-target.ts";

/** Found on PATH. */
const PSQL = "psql";

/** How psql is called. */
export interface PsqlCall {
  readonly password: string;
  /** What the user wrote after `--`. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** What a run of psql needs on a stack in containers. */
export interface PsqlRun extends PsqlCall {
  readonly target: PsqlTarget;
}

/** A server as this machine reaches it. */
export interface PsqlServer {
  readonly connection: Omit<PsqlConnection, "caFile" | "passwordFile">;
  /** The prefix of what the stack makes, in the name of the certificate's file. */
  readonly name: string;
  /** PEM. */
  readonly caCertificate: string;
  readonly place: Place;
  readonly signal: AbortSignal;
}

/**
 * Runs the psql of this machine.
 * @returns `undefined` when there is no psql on PATH
 */
export async function runHostPsql(server: PsqlServer, call: PsqlCall): Promise<ExitCode | undefined> {
  const { caCertificate, connection, name, place, signal } = server;
  const caFile = await writeCaFile(place, { name, caCertificate });
  const directory = await mkdtemp(join(place.stateDir, "psql-"));
  try {
    const passwordFile = join(directory, "pgpass");
    await writePrivateFile(passwordFile, passwordLine(connection.user, call.password));
    const variables = libpqVariables({ ...connection, caFile, passwordFile });
    return await untilItEnds(call.args, { ...withoutLibpq(call.env), ...variables }, signal);
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
