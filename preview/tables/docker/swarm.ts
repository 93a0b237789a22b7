import { isDeepStrictEqual } from "node:util";
import { readAt } from "../../../topology/limits/limit.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PlannedStep, StepProperties } from "../../planned-step.ts";
import type { KnownEdit, ResourceTable } from "../../resource-table.ts";
import { hasMore, objectOf, textOf } from "../edited-values.ts";
import { containerKind, dataPlace } from "./container-kind.ts";

const PROVIDER = "https://github.com/kreuzwerker/terraform-provider-docker/blob/master/internal/provider" as const;
/** Name, mode and login of a service make it anew; all else is rolled out. */
const SERVICE_RESOURCE = readAt(`${PROVIDER}/resource_docker_service.go`, "2026-07-22");
/** Docker changes neither: each is made anew. */
const SECRET_RESOURCE = readAt(`${PROVIDER}/resource_docker_secret.go`, "2026-07-22");
const CONFIG_RESOURCE = readAt(`${PROVIDER}/resource_docker_config.go`, "2026-07-22");

const ROLLED_OUT: Effect = {
  label: "restart",
  what: "the service's containers are made anew, on the volumes that they have",
  source: SERVICE_RESOURCE,
};
const NEXT_TIME: Effect = {
  label: "none",
  what: "it holds for the next rollout; containers go on",
  source: SERVICE_RESOURCE,
};
const OPENED: Effect = {
  label: "restart",
  exposure: true,
  what: "clients reach it on other ports, on every address of every machine",
  source: SERVICE_RESOURCE,
};
const LOST: Effect = {
  label: "data loss",
  what: "the service's containers go, and what they hold outside of volumes",
  source: SERVICE_RESOURCE,
};
const OTHER_DATA: Effect = {
  label: "replace",
  what: "the service's containers start on other volumes, with what is there",
  source: SERVICE_RESOURCE,
};

/** The inputs of a service in the words of a container. */
function containerOf({ taskSpec }: StepProperties): StepProperties {
  const { image, mounts, env } = objectOf(objectOf(taskSpec).containerSpec);
  return { image, mounts, envs: Object.entries(objectOf(env)).map(([name, value]) => `${name}=${textOf(value)}`) };
}

function concerns({ old, next }: PlannedStep): boolean {
  return [old, next].some((state) => state !== undefined && containerKind(containerOf(state.inputs)) !== "none");
}

/** A server whose data is on a volume is made anew on it. */
function serviceGoes(what: string): (step: PlannedStep) => Effect {
  return ({ old }) => {
    const inputs = containerOf(old?.inputs ?? {});
    if (containerKind(inputs) === "pooler") return { ...ROLLED_OUT, what: "the pooler's sessions end" };
    return typeof dataPlace(inputs) === "object" ? { ...ROLLED_OUT, label: "replace", what } : LOST;
  };
}

function hasOtherMounts({ from, to }: KnownEdit): boolean {
  const mountsOf = (spec: unknown): unknown => objectOf(objectOf(spec).containerSpec).mounts ?? [];
  return !isDeepStrictEqual(mountsOf(from), mountsOf(to));
}

/** A service of a swarm: a server, or a pooler. */
export const SERVICE: ResourceTable = {
  concerns,
  properties: {
    name: LOST,
    auth: ROLLED_OUT,
    labels: NEXT_TIME,
    mode: { ...ROLLED_OUT, what: "there are more or fewer of its containers, and sessions on those that go end" },
    convergeConfig: NEXT_TIME,
    updateConfig: NEXT_TIME,
    rollbackConfig: NEXT_TIME,
    "endpointSpec.mode": ROLLED_OUT,
    "endpointSpec.ports": { by: (edit) => (hasMore(edit) ? OPENED : ROLLED_OUT), worst: OPENED },
    taskSpec: { by: (edit) => (hasOtherMounts(edit) ? OTHER_DATA : ROLLED_OUT), worst: OTHER_DATA },
  },
  unlisted: "restart",
  created: { label: "none", what: "a service is made", source: SERVICE_RESOURCE },
  deleted: serviceGoes("the service goes; its data is where its volume is"),
  replaced: serviceGoes("the service goes before another one comes; its data is where its volume is"),
};

function fileTable(source: Effect["source"]): ResourceTable {
  const effect: Effect = { label: "restart", what: "services that take it are made anew with the other one", source };
  return {
    properties: { name: effect, data: effect, dataRaw: effect, labels: effect },
    unlisted: "restart",
    created: { label: "none", what: "it is made; services go on", source },
    deleted: { label: "restart", what: "services that take it can't start again without it", source },
    replaced: effect,
  };
}

export const SWARM_SECRET = fileTable(SECRET_RESOURCE);
export const SWARM_CONFIG = fileTable(CONFIG_RESOURCE);
