import fc from "fast-check";
import { MANAGED_SIZES, storageOf } from "../../topology/limits/digitalocean.ts";
import { DROPLET_SIZES } from "../../topology/limits/digitalocean-droplets.ts";
import { PRODUCT_REGIONS } from "../../topology/limits/digitalocean-regions.ts";
import type { SpecOf } from "../../topology/spec.ts";
import { SSH } from "./digitalocean-cases.ts";

type Spec = SpecOf<"digitalocean">;
type Part<K extends keyof Spec> = NonNullable<Spec[K]>;

/** What the parts of a wish have to agree on. */
interface Ground {
  readonly environment: Part<"environment">;
  readonly region: string;
  /** Where a bucket may be. */
  readonly spaces: string;
  readonly highAvailability: boolean;
  readonly hasDataHost: boolean;
  /** Of the cluster; large enough for pools, replicas and a standby. */
  readonly tier: string;
}

const name = fc
  .stringMatching(/^[a-z][a-z0-9]{0,11}$/)
  .filter((word) => !["primary", "data", "defaultdb", "doadmin"].includes(word));
const timeOfDay = fc
  .record({ hour: fc.integer({ min: 1, max: 23 }), minute: fc.integer({ min: 1, max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const address = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.nat(255), fc.nat(255), fc.integer({ min: 24, max: 32 }))
  .map(([first, second, third, prefix]) => `${first}.${second}.${third}.0/${prefix}`);
const addresses = fc.uniqueArray(address, { maxLength: 5, selector: (range) => range.split("/")[0] });

const ground: fc.Arbitrary<Ground> = fc
  .record({
    environment: fc.constantFrom("local" as const, "staging" as const, "prod" as const),
    region: fc.constantFrom(...PRODUCT_REGIONS.managedPostgresql.regions),
    spaces: fc.constantFrom(...PRODUCT_REGIONS.spaces.regions),
    highAvailability: fc.boolean(),
    hasDataHost: fc.boolean(),
    tier: fc.constantFrom(...MANAGED_SIZES.filter(({ memoryMiB }) => memoryMiB >= 4096).map(({ slug }) => slug)),
  })
  // In prod a month is kept, which only a data host does.
  .map((at) => ({ ...at, hasDataHost: at.hasDataHost || at.environment === "prod" }));

/** Wishes for DigitalOcean that can be made, by every rule: from a region alone to most fields at once. */
export const validDigitalOceanSpec: fc.Arbitrary<Spec> = ground.chain((at) =>
  fc
    .tuple(
      fc.record(
        {
          version: fc.constant(17 as const),
          database: name.map((word) => `db_${word}`),
          project: fc.uuid(),
          storage: storage(at),
          replicas: replicas(at),
          maintenance: fc.record({ day: fc.constantFrom("monday" as const, "sunday" as const), hour: fc.nat(23) }),
          observability: fc.record({ alertEmails: fc.uniqueArray(name.map((word) => `${word}@example.com`)) }),
          objectives: fc.record(
            { rtoSeconds: fc.integer({ min: 100_000 }), rpoSeconds: fc.integer({ min: 3600, max: 86_400 }) },
            { requiredKeys: [] },
          ),
          parameters: fc.record(
            {
              work_mem: fc.constantFrom("8MB", 4096),
              jit: fc.boolean(),
              max_wal_senders: fc.integer({ min: 20, max: 64 }),
            },
            { requiredKeys: [] },
          ),
          expected: fc.record({ schemas: fc.array(name, { maxLength: 3 }) }),
        },
        { requiredKeys: [] },
      ),
      pooling(at),
      backup(at),
      access(at),
      fc.record(
        {
          database: name.map((word) => `data_${word}`),
          size: fc.constantFrom(...DROPLET_SIZES.map(({ slug }) => ({ tier: slug }))),
          diskGiB: fc.integer({ min: 1, max: 1000 }),
          parameters: fc.record({ work_mem: fc.constantFrom("8MB", 4096) }),
        },
        { requiredKeys: [] },
      ),
      fc.constantFrom("single" as const, "split" as const),
    )
    .map(([free, pooled, kept, accessed, data, mode]) => ({
      target: "digitalocean" as const,
      environment: at.environment,
      region: at.region,
      highAvailability: at.highAvailability,
      size: { tier: at.tier },
      application: { poolSize: 2, maxOverflow: 1, replicaPoolSize: 2, replicaMaxOverflow: 1 },
      ...free,
      pooling: pooled,
      backup: kept,
      access: accessed,
      ...(at.hasDataHost && { data, mode }),
    })),
);

function storage({ tier }: Ground): fc.Arbitrary<Part<"storage">> {
  const { min, max } = storageOf(tier) ?? { min: 100, max: 900 };
  return fc.record(
    { diskGiB: fc.integer({ min: min / 10, max: max / 10 }).map((tens) => tens * 10), autoscale: fc.boolean() },
    { requiredKeys: [] },
  );
}

function replicas({ tier }: Ground): fc.Arbitrary<Part<"replicas">> {
  return fc.dictionary(name, fc.constantFrom({}, { size: { tier } }, { purpose: "read" as const }), { maxKeys: 3 });
}

function pooling({ hasDataHost }: Ground): fc.Arbitrary<Part<"pooling">> {
  const few = fc.integer({ min: 1, max: 20 });
  return fc.record(
    {
      enabled: fc.boolean(),
      kind: fc.constant("managed" as const),
      mode: fc.constantFrom("transaction" as const, "session" as const),
      writerPoolSize: few,
      ...(hasDataHost && { readerPoolSize: few, maxClients: fc.integer({ min: 100, max: 2000 }) }),
    },
    { requiredKeys: [] },
  );
}

function backup({ environment, hasDataHost, spaces }: Ground): fc.Arbitrary<Part<"backup">> {
  if (!hasDataHost) return fc.record({ schedule: timeOfDay }, { requiredKeys: [] });
  return fc.record({
    schedule: timeOfDay,
    retentionDays: fc.integer({ min: environment === "prod" ? 30 : 1, max: 365 }),
    location: fc.constant(spaces),
    archiveTimeoutSeconds: fc.integer({ min: 1, max: 3600 }),
  });
}

function access({ hasDataHost }: Ground): fc.Arbitrary<Part<"access">> {
  return fc
    .record({ sources: addresses, ssh: address, existing: fc.boolean(), id: fc.uuid(), second: fc.nat(200) })
    .map(({ sources, ssh, existing, id, second }) => ({
      sources,
      network: existing ? { existing: id } : { subnetCidr: `10.${second}.0.0/20` },
      ...(hasDataHost && { ssh: { keys: SSH.keys, sources: [ssh] } }),
    }));
}
