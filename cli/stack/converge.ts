import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type Dockerode from "dockerode";
import { PgtError } from "../../kernel/errors.ts";
import { scramVerifier } from "../../roles/scram.ts";
import { wantedOnDocker } from "../../roles/wanted-on-docker.ts";
import type { StackDatabase } from "../../topology/resolved-docker.ts";
import type { StackSecrets } from "../../topology/secrets.ts";
import type { CommandContext } from "../context.ts";
import { applyRoles, type RoleStep } from "./apply-roles.ts";
import { checkRepository, listBackups, makeBackup } from "./backups.ts";
import { connectPrimary } from "./connect.ts";
import { listContainers } from "./containers.ts";
import { engineError } from "./engine-errors.ts";
import type { Place } from "./place.ts";
import type { PolicyFinding } from "./plan.ts";
import { waitHealthy } from "./wait-healthy.ts";

/** What the steps after the plan work on: a stack's first database, with the data database of a split in `data`. */
export interface World extends StackSecrets {
  /** Stands before the names of its parts. */
  readonly prefix: StackDatabase["prefix"];
  readonly place: Place;
  readonly docker: Dockerode;
  readonly signal: AbortSignal;
}

/** A world for each of the stack's databases, the first one first. */
export function worldsOf(world: World): readonly World[] {
  return world.data === undefined ? [world] : [world, { ...world, ...world.data, prefix: "data-", data: undefined }];
}

/** How {@link updateResources} works. */
export interface UpdateOptions {
  readonly refresh: boolean;
  readonly keepData: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Lets the engine carry the plan out. */
export async function updateResources(place: Place, stack: Stack, options: UpdateOptions): Promise<void> {
  const { keepData, refresh, say, signal } = options;
  const problems: string[] = [];
  try {
    await stack.up({
      refresh,
      color: "never",
      signal,
      onEvent: ({ resourcePreEvent, diagnosticEvent }) => {
        const step = resourcePreEvent?.metadata;
        if (step !== undefined && step.op !== "same" && step.op !== "refresh") say(stepText(step, keepData));
        if (diagnosticEvent?.severity === "error") problems.push(diagnosticEvent.message);
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw engineError(problems.join("\n") || String(error), place);
  }
}

/** The engine calls it "delete" also when it only lets go of a volume that is kept. */
function stepText({ op, urn, type }: { op: string; urn: string; type: string }, keepData: boolean): string {
  const kept = op === "delete" && keepData && type === "docker:index/volume:Volume" && !urn.endsWith("-socket");
  return `${kept ? "keep" : op} ${urn.split("::").at(-1) ?? ""}`;
}

/** Starts containers that were stopped by hand: the engine does not look at them when nothing else has changed. */
export async function startStopped(world: World): Promise<string[]> {
  const stopped = (await listContainers(world.docker, world.topology.name)).filter(
    ({ state }) => state !== "running" && state !== "restarting",
  );
  for (const { id } of stopped) await world.docker.getContainer(id).start();
  return stopped.map(({ part }) => part);
}

/** Puts roles, grants and slots into the state that the topology asks for. */
export async function convergeRoles(world: World, apply: boolean): Promise<readonly RoleStep[]> {
  const { topology, secrets, signal } = world;
  return applyRoles({
    wanted: wantedOnDocker(topology),
    passwords: { of: secrets.passwords, verifierOf: scramVerifier },
    signal,
    apply,
    connect: (database) => connectPrimary(world, "administrator", database),
  });
}

/** Roles first: replicas and the pooler wait for theirs. Then every part must do its work. */
export async function convergeServers(world: World, say: (line: string) => void): Promise<readonly RoleStep[]> {
  say("roles and grants");
  const steps = await convergeRoles(world, true);
  await waitHealthy(world, say);
  return steps;
}

/**
 * A stack that backs up has a full backup, and a repository that was read through, from its first day on.
 * The scheduler makes both at its own start, too: whoever comes second waits, and finds it done.
 * @returns whether there had been no full backup
 */
export async function ensureFirstBackup(world: World, say: (line: string) => void): Promise<boolean> {
  const { docker, topology, signal } = world;
  if (topology.backup === undefined) return false;
  const before = await listBackups(docker, world, signal);
  const isFirst = !before.backups.some(({ type }) => type === "full");
  if (isFirst) {
    say("first full backup");
    await makeBackup(docker, world, "first", { signal });
  }
  if (before.lastCheck === undefined) {
    say("first check of the repository");
    await checkRepository(docker, world, signal);
  }
  return isFirst;
}

/** Says what is advice, and ends the run before anything is touched when a mandatory policy is violated. */
export function refuseViolations(context: CommandContext, findings: readonly PolicyFinding[]): void {
  for (const finding of findings.filter(({ mandatory }) => !mandatory)) context.err(`advice: ${finding.message}`);
  const violations = findings.filter(({ mandatory }) => mandatory);
  if (violations.length > 0) throw violationError(violations.map(({ message }) => message));
}

function violationError(messages: readonly string[]): PgtError {
  const count = messages.length === 1 ? "1 mandatory policy is" : `${messages.length} mandatory policies are`;
  return new PgtError(`${count} violated; nothing was changed:\n${messages.map((text) => `  ${text}`).join("\n")}`, {
    fix: ["Correct the configuration as each message says."],
  });
}
