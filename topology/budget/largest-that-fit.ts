import type { ResolvedTopology } from "../resolved.ts";
import type { BudgetRow, SizeField } from "./budget-row.ts";

/** A field, what it has, and the most that it could have. */
export interface FittingSize {
  readonly field: SizeField;
  readonly now: number;
  readonly largest: number;
}

/** Values that fit when all of them are taken: none of them could be one more. */
export interface FittingSizes {
  /** `sizes`: other pools with the same instances. `instances`: fewer or more instances with the same pools. */
  readonly way: "sizes" | "instances";
  readonly sizes: readonly FittingSize[];
}

type RowsOf = (topology: ResolvedTopology) => readonly BudgetRow[];
type Sizes = ReadonlyMap<SizeField, number>;

const LEAST: Readonly<Record<SizeField, number>> = {
  "pooling.writerPoolSize": 1,
  "pooling.readerPoolSize": 1,
  "application.poolSize": 1,
  "application.maxOverflow": 0,
  "application.replicaPoolSize": 1,
  "application.replicaMaxOverflow": 0,
  "service.maxInstances": 1,
};

/** The field's own end, in topology/spec/access.ts. */
const MOST_INSTANCES = 1000;

/** PostgreSQL's own end of max_connections: https://www.postgresql.org/docs/17/runtime-config-connection.html */
export const MOST_CONNECTIONS = 262_143;

/** Sizes are scaled in thousandths, so that two that share a server keep their ratio. */
const THOUSAND = 1000;

/** Every way to the largest sizes that fit; none where even the least of each is too much. */
export function largestThatFit(topology: ResolvedTopology, rowsOf: RowsOf): FittingSizes[] {
  const fields = [...new Set(rowsOf(topology).flatMap((row) => row.demand.flatMap((demand) => demand.fields)))];
  const now: Sizes = new Map(fields.map((field) => [field, valueOf(topology, field)]));
  const fits = (sizes: Sizes, fieldsOfInterest: readonly SizeField[]): boolean =>
    rowsOf(withSizes(topology, sizes)).every((row) => row.free >= 0 || !mentionsAny(row, fieldsOfInterest));

  const ways: FittingSizes[] = [];
  const solved = groupsOf(
    rowsOf(topology),
    fields.filter((field) => field !== "service.maxInstances"),
  ).map((group) => largestOfGroup(now, group, (sizes) => fits(sizes, group)));
  if (solved.length > 0 && solved.every((sizes) => sizes !== undefined)) {
    ways.push({ way: "sizes", sizes: solved.flatMap((sizes) => listed(now, sizes)) });
  }
  if (fields.includes("service.maxInstances")) {
    const withInstances = (count: number): Sizes => new Map([...now, ["service.maxInstances", count]]);
    const largest = largestWhere(1, MOST_INSTANCES, (count) => fits(withInstances(count), fields));
    if (largest !== undefined)
      ways.push({ way: "instances", sizes: listed(now, new Map([["service.maxInstances", largest]])) });
  }
  return ways;
}

/** The topology with other sizes, which are also its data database's; fields that it does not have are left out. */
export function withSizes<T extends ResolvedTopology>(topology: T, sizes: Sizes): T {
  const changed = sized(topology, sizes);
  const { data, dataHost } = topology as SecondDatabase;
  return {
    ...changed,
    ...(data && { data: withSizes(data, sizes) }),
    ...(dataHost && { dataHost: { ...dataHost, server: sized(dataHost.server, sizes) } }),
  };
}

/** What may stand beside the first database. */
interface SecondDatabase {
  readonly data?: ResolvedTopology;
  readonly dataHost?: { readonly server: object };
}

function sized<T extends object>(database: T, sizes: Sizes): T {
  const changed = { ...database } as Record<string, unknown>;
  for (const [field, value] of sizes) {
    const [section, key] = partsOf(field);
    const old = changed[section];
    if (old !== undefined) changed[section] = { ...old, [key]: value };
  }
  return changed as T;
}

/** Of the first database, or of the one beside it that alone has the field. */
function valueOf(topology: ResolvedTopology, field: SizeField): number {
  const [section, key] = partsOf(field);
  const { dataHost } = topology as SecondDatabase;
  const places = [topology, dataHost?.server].map(
    (place) => place as Record<string, Record<string, number>> | undefined,
  );
  return places.map((place) => place?.[section]?.[key]).find((value) => value !== undefined) ?? 0;
}

function partsOf(field: SizeField): [section: string, key: string] {
  const dot = field.indexOf(".");
  return [field.slice(0, dot), field.slice(dot + 1)];
}

function listed(now: Sizes, largest: Sizes): FittingSize[] {
  return [...largest].map(([field, value]) => ({ field, now: now.get(field) ?? 0, largest: value }));
}

/** Fields that stand in one row have to share it; others are free of each other. */
function groupsOf(rows: readonly BudgetRow[], fields: readonly SizeField[]): SizeField[][] {
  let groups: SizeField[][] = fields.map((field) => [field]);
  for (const row of rows) {
    const joined = groups.filter((group) => mentionsAny(row, group));
    if (joined.length > 1) groups = [...groups.filter((group) => !joined.includes(group)), joined.flat()];
  }
  return groups;
}

function mentionsAny(row: BudgetRow, fields: readonly SizeField[]): boolean {
  return row.demand.some((demand) => demand.fields.some((field) => fields.includes(field)));
}

/** Scales all of a group alike, then gives what rounding left over to the first that can take it. */
function largestOfGroup(now: Sizes, group: readonly SizeField[], fits: (sizes: Sizes) => boolean): Sizes | undefined {
  const scaled = (thousandths: number): Map<SizeField, number> =>
    new Map(
      group.map((field) => [
        field,
        Math.min(
          MOST_CONNECTIONS,
          Math.max(LEAST[field], Math.floor(((now.get(field) ?? 0) * thousandths) / THOUSAND)),
        ),
      ]),
    );
  const scale = largestWhere(0, MOST_CONNECTIONS * THOUSAND, (thousandths) => fits(scaled(thousandths)));
  if (scale === undefined) return undefined;
  const sizes = scaled(scale);
  for (const field of group) {
    const from = sizes.get(field) ?? 0;
    const largest = largestWhere(from, MOST_CONNECTIONS, (value) => fits(new Map([...sizes, [field, value]])));
    sizes.set(field, largest ?? from);
  }
  return sizes;
}

/** The largest whole number within both ends for which the condition holds, if it holds for all below; by halving. */
function largestWhere(least: number, most: number, holds: (value: number) => boolean): number | undefined {
  if (!holds(least)) return undefined;
  let low = least;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
