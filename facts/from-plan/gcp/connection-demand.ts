import type { ConnectionDemand } from "../../../requirements/facts/services.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { defaultMaxConnections, reservedConnections } from "../../../topology/limits/cloud-sql-connections.ts";
import { parseTier } from "../../../topology/limits/cloud-sql-tiers.ts";
import {
  flag,
  mapKnown,
  number,
  object,
  objects,
  type Planned,
  type PlannedResource,
  text,
} from "../planned-resource.ts";
import { primariesOf } from "./primaries.ts";
import { GCP_TYPES, ofTypes } from "./resource-types.ts";
import { nameOf, templateOf, variablesOf } from "./services.ts";

const POOLED = new Missing("not-applicable", "Cloud SQL's own pooler is between them");
/** Variables that say how many connections one process opens. */
const POOL_SIZE = /(^|_)(POOL(_?MAX)?_?SIZE|POOL_?MAX|MAX_?POOL(_?SIZE)?|MAX_?CONNECTIONS|CONNECTION_?LIMIT)$/i;
/** Connections beyond the pool's size, in SQLAlchemy's word. */
const OVERFLOW = /(^|_)MAX_?OVERFLOW$/i;
/** Of the way to a replica. */
const READER = /REPLICA|READ(ER|_ONLY)/i;

/** What the services of a stack may open of connections to its one primary; of several, nobody knows who speaks with which. */
export function connectionDemand(resources: readonly PlannedResource[]): readonly ConnectionDemand[] {
  const primaries = primariesOf(resources);
  const services = ofTypes(resources, [GCP_TYPES.service]);
  const [primary] = primaries;
  if (primary === undefined || services.length === 0) return [];
  const { name } = primary;
  if (primaries.length > 1)
    return primaries.map((one) => ({ name: one.name, atLeast: UNKNOWN, wanted: UNKNOWN, available: UNKNOWN }));
  const instances = sum(services.map(maxInstances));
  return [
    {
      name,
      atLeast: instances,
      wanted: sum(services.map(connectionsOf)),
      available: availableOf(primary),
    },
  ];
}

function maxInstances(service: PlannedResource): Known<number> {
  return mapKnown(templateOf(service), (template) =>
    mapKnown(object(template, "scaling"), (scaling) => number(scaling, "maxInstanceCount") ?? UNKNOWN),
  );
}

/** Of all its instances; where nothing says how large its pool is, or a sidecar may pool, nobody knows. */
function connectionsOf(service: PlannedResource): Known<number> {
  return mapKnown(maxInstances(service), (instances) =>
    mapKnown(variablesOf(service), (variables) => {
      if (hasSidecar(service)) return UNKNOWN;
      const own = variables.filter(({ name }) => !READER.test(nameOf(name)));
      const size = own.find(({ name }) => POOL_SIZE.test(nameOf(name)));
      const overflow = own.find(({ name }) => OVERFLOW.test(nameOf(name)));
      if (size === undefined) return UNKNOWN;
      const each = sum([countOf(size), overflow === undefined ? 0 : countOf(overflow)]);
      return mapKnown(each, (connections) => instances * connections);
    }),
  );
}

function hasSidecar(service: PlannedResource): boolean {
  const template = templateOf(service);
  const containers = template === UNKNOWN ? UNKNOWN : objects(template, "containers");
  return containers === UNKNOWN || containers.length > 1;
}

function countOf(variable: Readonly<Record<string, Planned>>): Known<number> {
  return mapKnown(number(variable, "value"), (value) =>
    value !== undefined && Number.isFinite(value) ? value : UNKNOWN,
  );
}

/** The flag, else what Cloud SQL sets by the memory, without what it keeps for itself. */
function availableOf({ props }: PlannedResource): Fact<number> {
  const settings = object(props, "settings");
  if (settings === UNKNOWN) return UNKNOWN;
  const poolers = objects(settings, "connectionPoolConfigs");
  if (poolers === UNKNOWN) return UNKNOWN;
  const pooled = poolers.map((pooler) => flag(pooler, "connectionPoolingEnabled"));
  if (pooled.includes(true)) return POOLED;
  if (pooled.includes(UNKNOWN)) return UNKNOWN;
  const flags = objects(settings, "databaseFlags");
  if (flags === UNKNOWN) return UNKNOWN;
  const set = flags.find(({ name }) => name === "max_connections");
  const most = set === undefined ? mapKnown(text(settings, "tier"), byMemory) : countOf(set);
  return mapKnown(most, (connections) => connections - reservedConnections());
}

function byMemory(tier: string | undefined): Known<number> {
  const memoryMiB = tier === undefined ? undefined : parseTier(tier)?.memoryMiB;
  return memoryMiB === undefined ? UNKNOWN : defaultMaxConnections(memoryMiB);
}

function sum(values: readonly Known<number>[]): Known<number> {
  const known = values.filter((value) => typeof value === "number");
  return known.length === values.length ? known.reduce((total, value) => total + value, 0) : UNKNOWN;
}
