import fc from "fast-check";
import type { SpecOf } from "../../topology/spec.ts";

type DockerSpec = SpecOf<"docker">;
type Part<K extends keyof DockerSpec> = NonNullable<DockerSpec[K]>;

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
/** A replica's name as a person may write it, hyphens and all. */
const replicaName = fc
  .stringMatching(/^[a-z][a-z0-9]{0,12}(-[a-z0-9]{1,12}){0,2}$/)
  .filter((name) => !["primary", "pooler", "scheduler"].includes(name));
const sizes = { min: 1, max: 8 };

/** Ports of their own, for as many of the parts as have one: the others get theirs from the topology. */
function withPorts(names: readonly string[], ports: readonly number[]): Pick<DockerSpec, "ports" | "replicas"> {
  const [primary = 5432, pooler = 6432, ...others] = ports;
  return {
    ports: { primary, pooler },
    replicas: Object.fromEntries(
      names.map((name, index) => [name, others[index] === undefined ? {} : { port: others[index] }]),
    ),
  };
}

const places: fc.Arbitrary<Pick<DockerSpec, "ports" | "replicas">> = fc
  .tuple(
    fc.uniqueArray(replicaName, { maxLength: 4 }),
    // Above those that a data database has unless told.
    fc.uniqueArray(fc.integer({ min: 7000, max: 65_000 }), { minLength: 2, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([names, ports, hasPorts]) => (hasPorts ? withPorts(names, ports) : withPorts(names, [])));

const pooling: fc.Arbitrary<Part<"pooling">> = fc.record(
  {
    enabled: fc.boolean(),
    kind: fc.constant("container" as const),
    mode: fc.constantFrom("transaction" as const, "session" as const),
    writerPoolSize: fc.integer(sizes),
    readerPoolSize: fc.integer(sizes),
    maxClients: fc.integer({ min: 100, max: 2000 }),
    maxPreparedStatements: fc.integer({ min: 1, max: 500 }),
  },
  { requiredKeys: [] },
);

/** Backups may be left out on one's own machine only. */
const backup: fc.Arbitrary<Pick<DockerSpec, "backup" | "environment" | "objectives">> = fc
  .record({
    environment: fc.constantFrom("local" as const, "staging" as const, "prod" as const),
    isOff: fc.boolean(),
    hour: fc.nat(23),
    retentionDays: fc.integer({ min: 1, max: 365 }),
    archiveTimeoutSeconds: fc.integer({ min: 1, max: 3600 }),
  })
  .map(({ environment, isOff, hour, retentionDays, archiveTimeoutSeconds }) => {
    if (isOff && environment === "local") return { environment, backup: { enabled: false } };
    const schedule = `${String(hour).padStart(2, "0")}:30`;
    return {
      environment,
      backup: { schedule, retentionDays, archiveTimeoutSeconds, repository: { type: "volume" as const } },
      objectives: { rpoSeconds: archiveTimeoutSeconds + 600 },
    };
  });

const dataDatabase: fc.Arbitrary<Pick<DockerSpec, "data" | "mode">> = fc.record(
  {
    data: fc.record(
      { database: fc.constant("facts"), size: fc.record({ cpus: fc.constant(2) }) },
      { requiredKeys: [] },
    ),
    mode: fc.constantFrom("single" as const, "split" as const),
  },
  { requiredKeys: ["data"] },
);

/** Wishes for Docker that can be made, by every rule: from a target alone to most fields at once. */
export const validDockerSpec: fc.Arbitrary<DockerSpec> = fc
  .tuple(
    fc.record(
      {
        version: fc.constant(17 as const),
        database: word.map((name) => `db_${name}`),
        size: fc.record({ cpus: fc.constantFrom(0.5, 1, 4), memoryGiB: fc.constantFrom(0.25, 0.5, 3, 16) }),
        storage: fc.record({ maxSlotWalKeepMiB: fc.integer({ min: 64, max: 100_000 }) }),
        tls: fc.record({ minProtocolVersion: fc.constantFrom("TLSv1.2" as const, "TLSv1.3" as const) }),
        parameters: fc.record(
          { work_mem: fc.constantFrom("8MB", 4096), max_connections: fc.integer({ min: 100, max: 500 }) },
          { requiredKeys: [] },
        ),
        expected: fc.record({ schemas: fc.array(word, { maxLength: 3 }) }),
        protection: fc.record({ keepData: fc.boolean() }),
        observability: fc.record({ queryInsights: fc.boolean() }),
        application: fc.record({ poolSize: fc.integer(sizes), maxOverflow: fc.nat(8) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
    fc.option(dataDatabase, { nil: {} }),
    places,
    pooling,
    backup,
  )
  .map(([free, split, placed, pooled, kept]) => ({
    target: "docker" as const,
    ...free,
    ...split,
    ...placed,
    pooling: pooled,
    ...kept,
  }));
