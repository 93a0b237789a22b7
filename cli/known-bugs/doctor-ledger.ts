import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import { isUnguarded, knownBugs } from "../../provider-bugs/known-bugs.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { CommandContext } from "../context.ts";
import { readWish } from "../stack/read-wish.ts";
import { bugsSince } from "./bugs-since.ts";
import { changesData, knownBugData } from "./ledger-data.ts";
import { changesText, ledgerText } from "./ledger-text.ts";
import { withPinned } from "./pinned-versions.ts";
import { lockPath, readLock } from "./read-lock.ts";

/** What `pgt doctor --ledger` is told. */
export interface LedgerOptions {
  readonly stack?: string;
  readonly config?: string;
  readonly lock?: string;
  readonly since?: string;
  readonly json?: boolean;
}

/** Says which known bugs the installed versions have; or what their change since a commit brings and takes away. */
export async function doctorLedger(context: CommandContext, options: LedgerOptions): Promise<ExitCode> {
  const topology = await topologyOf(context, options);
  return options.since === undefined
    ? sayKnown(context, options, topology)
    : sayChanges(context, { ...options, since: options.since }, topology);
}

async function topologyOf(
  context: CommandContext,
  { config, stack }: LedgerOptions,
): Promise<ResolvedTopology | undefined> {
  if (stack === undefined) return undefined;
  return (await readWish(context, { stack, ...(config !== undefined && { config }) })).topology;
}

async function sayKnown(
  context: CommandContext,
  { json, lock, stack }: LedgerOptions,
  topology: ResolvedTopology | undefined,
): Promise<ExitCode> {
  const path = lockPath(context, lock);
  const inLock = await readLock(path);
  // Another project's lock file says nothing of what runs here.
  const known = knownBugs(lock === undefined ? withPinned(inLock) : inLock, topology);
  context.out(
    json === true
      ? JSON.stringify({ lock: path, stack: stack ?? null, bugs: known.map(knownBugData) }, null, 2)
      : ledgerText(known, path, stack),
  );
  return known.some(isUnguarded) ? EXIT.failed : EXIT.ok;
}

async function sayChanges(
  context: CommandContext,
  { json, lock, since, stack }: LedgerOptions & { readonly since: string },
  topology: ResolvedTopology | undefined,
): Promise<ExitCode> {
  const changes = await bugsSince(context, { since, lock, topology });
  const path = lockPath(context, lock);
  context.out(
    json === true
      ? JSON.stringify({ lock: path, stack: stack ?? null, since, ...changesData(changes) }, null, 2)
      : changesText(changes, path, since),
  );
  return changes.brings.some(isUnguarded) ? EXIT.failed : EXIT.ok;
}
