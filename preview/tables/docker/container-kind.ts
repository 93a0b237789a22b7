import type { MountFacts } from "../../../requirements/facts/containers.ts";
import { runsServer } from "../../../facts/from-plan/docker-image.ts";
import { labelOf } from "../../../facts/from-plan/docker-container.ts";
import { mountsOf } from "../../../facts/from-plan/docker-mounts.ts";
import { mountAt, plannedPart } from "../../../facts/from-plan/docker-part.ts";
import { text } from "../../../facts/from-plan/planned-resource.ts";
import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import { LABELS } from "../../../topology/names.ts";
import type { PlannedStep, StepProperties } from "../../planned-step.ts";

/** What a container is to a database; `server` is one that is no replica, as far as anybody can tell. */
export type ContainerKind = "server" | "replica" | "pooler" | "scheduler" | "none";

/** Names of images of databases that are no PostgreSQL, and of what pools connections. */
const OTHER_SERVER =
  /(^|\/)(mysql|mariadb|percona[\w-]*|mongo(db)?|redis|valkey|keydb|cockroach|clickhouse[\w-]*|neo4j|cassandra|influxdb|mssql[\w-]*|server|supabase-postgres|edb-postgres[\w-]*|spilo[\w-]*|cloudnative-pg)([:@]|$)/;
const POOLER = /(^|\/)([\w-]*pgbouncer[\w-]*|pgcat|odyssey|pgpool[\w-]*|supavisor|proxysql|maxscale)([:@]|$)/;

/** Where the images of databases keep their data, the most special first. */
const DATA_PATHS = [
  "/var/lib/postgresql/data",
  "/var/lib/postgresql",
  "/bitnami/postgresql",
  "/home/postgres/pgdata",
  "/var/lib/mysql",
  "/bitnami/mysql",
  "/bitnami/mariadb",
  "/data/db",
  "/var/lib/clickhouse",
  "/data",
];

/** What a container of these inputs is: by our label, else by its image and what it is told. */
export function containerKind(inputs: StepProperties): ContainerKind {
  const { kind } = plannedPart({ type: "", urn: "", name: "", props: inputs });
  const part = labelOf(inputs, LABELS.part);
  if (part === UNKNOWN) return foreignKind(inputs);
  if (kind === "primary") return "server";
  return kind === "other" ? "none" : kind;
}

function foreignKind(inputs: StepProperties): ContainerKind {
  const image = text(inputs, "image");
  if (typeof image === "string" && POOLER.test(image)) return "pooler";
  if (typeof image === "string" && OTHER_SERVER.test(image)) return "server";
  // An image by its id may be any: only one that keeps data where databases do is taken for one.
  const server = runsServer(inputs, UNKNOWN);
  if (server === UNKNOWN) return dataPlace(inputs) === undefined ? "none" : "server";
  return server ? "server" : "none";
}

/** Whether a container has to do with a database, before or after. */
export function concernsDatabase({ old, next }: PlannedStep): boolean {
  return [old, next].some((state) => state !== undefined && containerKind(state.inputs) !== "none");
}

/** The kind of a container that is there, or is made. */
export function kindOfStep({ old, next }: PlannedStep): ContainerKind {
  return containerKind((old ?? next)?.inputs ?? {});
}

/** What a server keeps its data on; `undefined` where nothing outlives its container. */
export function dataPlace(inputs: StepProperties): Known<MountFacts | undefined> {
  const mounts = mountsOf(inputs);
  if (mounts === UNKNOWN) return UNKNOWN;
  const given = pgdataOf(inputs);
  for (const path of given === undefined ? DATA_PATHS : [given, ...DATA_PATHS]) {
    const mount = mountAt(mounts, path);
    if (mount !== undefined && mount.target !== "/") {
      return mount.kind === "volume" || mount.kind === "bind" ? mount : undefined;
    }
  }
  return undefined;
}

function pgdataOf({ envs }: StepProperties): string | undefined {
  const variables: readonly unknown[] = Array.isArray(envs) ? envs : [];
  const found = variables.find((one) => typeof one === "string" && one.startsWith("PGDATA="));
  return typeof found === "string" ? found.slice("PGDATA=".length) : undefined;
}
