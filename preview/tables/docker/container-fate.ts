import { imageMajor } from "../../../facts/from-plan/docker-image.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import {
  ANOTHER_MAJOR,
  CONTAINERS,
  PGBACKREST,
  POOLER_COMES,
  POOLER_GOES,
  POOLER_RESTARTS,
  REPLICA,
  REPLICA_COPIES,
  SCHEDULER_RESTARTS,
  serversRestart,
  VOLUMES,
} from "../../../topology/change/docker-effects.ts";
import type { PlannedStep, StepProperties } from "../../planned-step.ts";
import { changedSecretFiles, loosenedFiles } from "./container-files.ts";
import { dataPlace, kindOfStep } from "./container-kind.ts";

const LOST: Effect = {
  label: "data loss",
  what: "the server keeps its data on no volume that would outlive its container: it is lost",
  source: CONTAINERS,
};

/** What it means that a container is made. */
export function containerComes(step: PlannedStep): Effect {
  switch (kindOfStep(step)) {
    case "pooler":
      return POOLER_COMES;
    case "replica":
      return { label: "none", what: "a new server copies the primary, which goes on", source: REPLICA };
    case "scheduler":
    case "server":
    case "none":
      return { label: "none", what: "another container is made; those that run go on", source: CONTAINERS };
  }
}

/** What it means that a container goes; its volumes have steps of their own. */
export function containerGoes(step: PlannedStep): Effect {
  switch (kindOfStep(step)) {
    case "pooler":
      return POOLER_GOES;
    case "scheduler":
      return {
        label: "none",
        exposure: true,
        what: "no backup is made from then on; servers go on",
        source: SCHEDULER_RESTARTS.source,
      };
    case "replica":
      return { ...REPLICA_COPIES, what: "the replica goes: a later one copies the primary anew", source: VOLUMES };
    case "server":
    case "none":
      if (typeof dataPlace(step.old?.inputs ?? {}) !== "object") return LOST;
      return {
        label: "replace",
        what: "the server goes for good; its data is where its volume is: that has a line of its own",
        source: VOLUMES,
      };
  }
}

/** What it means that a container is made anew, on the volumes that it then has. */
export function containerMadeAnew(step: PlannedStep): Effect {
  const effect = madeAnew(step);
  const opened = loosenedFiles(step);
  if (opened.length === 0) return effect;
  return { ...effect, exposure: true, what: `${effect.what}; ${opened.join(" and ")} may let in who could not before` };
}

function madeAnew(step: PlannedStep): Effect {
  const { old: { inputs: old = {} } = {}, next: { inputs: next = {} } = {} } = step;
  switch (kindOfStep(step)) {
    case "pooler":
      return POOLER_RESTARTS;
    case "scheduler":
      return changedSecretFiles(step).includes("pgbackrest.conf") ? BACKUPS_MAY_GO : SCHEDULER_RESTARTS;
    case "replica":
      return staysOnData(old, next) === true
        ? serversRestart("the replica restarts, on the volume that is there")
        : REPLICA_COPIES;
    case "server":
    case "none":
      return serverMadeAnew(old, next);
  }
}

/** pgBackRest's file is a secret, for the passphrase in it: that backups are kept for a shorter time can't be seen. */
const BACKUPS_MAY_GO: Effect = {
  label: "data loss",
  what: "its file, which is secret, is another: backups may be removed sooner, or can't be read with another passphrase",
  source: PGBACKREST,
};

function serverMadeAnew(old: StepProperties, next: StepProperties): Effect {
  const [before, after] = [imageMajor(old), imageMajor(next)];
  if (before !== UNKNOWN && after !== UNKNOWN && before !== after) return ANOTHER_MAJOR;
  switch (staysOnData(old, next)) {
    case true:
      return serversRestart("the server restarts, on the volume that is there");
    case false:
      return {
        label: "replace",
        what: "the server starts on another volume, with what is there; the one that it had is no longer used",
        source: VOLUMES,
      };
    case "nowhere":
      return LOST;
    case UNKNOWN:
      return { ...LOST, what: "nobody can tell yet whether the server finds its volume again: it may start empty" };
  }
}

function staysOnData(old: StepProperties, next: StepProperties): boolean | "nowhere" | typeof UNKNOWN {
  const before = dataPlace(old);
  const after = dataPlace(next);
  if (before === undefined) return "nowhere";
  if (before === UNKNOWN || after === UNKNOWN) return UNKNOWN;
  return before.kind === after?.kind && before.source === after.source;
}
