import fc from "fast-check";
import { CLOUD_SQL_REGIONS, pairRegionsOf, regionHasEdition } from "../../topology/limits/cloud-sql-regions.ts";
import { keyLocationOf } from "../../topology/limits/google-cloud.ts";
import type { SpecOf } from "../../topology/spec.ts";
import { APP, POOLER_IMAGE, VERIFICATION } from "./gcp-cases.ts";

type GcpSpec = SpecOf<"gcp">;
type Part<K extends keyof GcpSpec> = NonNullable<GcpSpec[K]>;

/** What the parts of a wish have to agree on. */
interface Ground {
  readonly edition: Part<"edition">;
  readonly environment: Part<"environment">;
  readonly region: string;
  /** Where disaster recovery and copies go. */
  readonly elsewhere: string;
  readonly hasService: boolean;
}

/** Names for stacks that fit whatever is made in them. */
export const shortStackName = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/).filter((word) => word !== "primary");
const timeOfDay = (hour: number, minute: number): string =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

const ground: fc.Arbitrary<Ground> = fc
  .record({
    edition: fc.constantFrom("enterprise" as const, "enterprise-plus" as const),
    environment: fc.constantFrom("local" as const, "staging" as const, "prod" as const),
    region: fc.constantFrom(
      ...CLOUD_SQL_REGIONS.map(({ region }) => region).filter(
        (region) => regionHasEdition(region, "ENTERPRISE_PLUS") === true && pairRegionsWithPlus(region).length > 0,
      ),
    ),
    hasService: fc.boolean(),
  })
  .chain((some) => fc.constantFrom(...pairRegionsWithPlus(some.region)).map((elsewhere) => ({ ...some, elsewhere })));

function pairRegionsWithPlus(region: string): string[] {
  return pairRegionsOf(region).filter((other) => regionHasEdition(other, "ENTERPRISE_PLUS") === true);
}

/**
 * Wishes for Cloud SQL that can be made, by every rule: from a region alone to most fields at once. Pools and instances
 * are few, so that every machine has connections for them.
 */
export const validGcpSpec: fc.Arbitrary<GcpSpec> = ground.chain((at) =>
  fc
    .tuple(
      fc.record(
        {
          version: fc.constantFrom(15 as const, 16 as const, 17 as const, 18 as const),
          database: name.map((word) => `db_${word}`),
          highAvailability: fc.boolean(),
          size: size(at, 1),
          storage: storage(at),
          replicas: replicas(at),
          backup: backup(at),
          maintenance,
          observability: fc.record({
            labels: fc.dictionary(
              name.map((word) => `l-${word}`),
              name,
              { maxKeys: 5 },
            ),
          }),
          objectives: fc.record(
            { rtoSeconds: fc.integer({ min: 100_000 }), rpoSeconds: fc.integer({ min: 300, max: 86_400 }) },
            { requiredKeys: [] },
          ),
          parameters: fc.record({ work_mem: fc.constantFrom("8MB", 4096) }),
        },
        { requiredKeys: [] },
      ),
      connections(at),
    )
    .map(([free, bound]) => ({
      target: "gcp" as const,
      edition: at.edition,
      environment: at.environment,
      region: at.region,
      application: { poolSize: 2, maxOverflow: 1, replicaPoolSize: 2, replicaMaxOverflow: 1 },
      ...free,
      ...bound,
    })),
);

/** A machine of the edition, `times` as large as the least. */
function size({ edition }: Ground, times: 1 | 16): fc.Arbitrary<Part<"size">> {
  const gibPerCpu = edition === "enterprise" ? 4 : 8;
  return fc.constantFrom(2, 4, 8, 16).map((cpus) => ({ cpus: cpus * times, memoryGiB: cpus * times * gibPerCpu }));
}

function storage({ edition, environment }: Ground): fc.Arbitrary<Part<"storage">> {
  const diskTypes =
    edition === "enterprise" && environment !== "prod" ? ["ssd" as const, "hdd" as const] : ["ssd" as const];
  return fc
    .record({ diskGiB: fc.integer({ min: 10, max: 500 }), more: fc.nat(1500), diskType: fc.constantFrom(...diskTypes) })
    .map(({ diskGiB, more, diskType }) => ({ diskGiB, maxDiskGiB: diskGiB + more, diskType }));
}

function replicas({ edition, elsewhere }: Ground): fc.Arbitrary<Part<"replicas">> {
  const read = fc.dictionary(name, fc.constant({}), { maxKeys: 3 });
  if (edition === "enterprise") return read;
  const designated = { purpose: "disaster-recovery" as const, region: elsewhere };
  return fc.tuple(read, fc.boolean()).map(([some, far]) => (far ? { ...some, "far-away": designated } : some));
}

function backup({ edition, environment, elsewhere }: Ground): fc.Arbitrary<Part<"backup">> {
  const least = environment === "prod" ? 30 : 2;
  return fc
    .record({
      retentionDays: fc.integer({ min: least, max: 365 }),
      window: fc.integer({ min: 1, max: edition === "enterprise" ? 7 : 35 }),
      hour: fc.nat(23),
      later: fc.integer({ min: 4, max: 23 }),
      minute: fc.nat(59),
      location: fc.constantFrom("eu", "us", "asia", elsewhere),
      hasKey: fc.boolean(),
      hasCopy: fc.boolean(),
    })
    .map(({ retentionDays, window, hour, later, minute, location, hasKey, hasCopy }) => ({
      schedule: timeOfDay(hour, minute),
      retentionDays,
      pointInTimeDays: Math.min(window, retentionDays - 1),
      location,
      ...(hasCopy && {
        secondCopy: {
          location,
          schedule: timeOfDay((hour + later) % 24, minute),
          ...(hasKey && {
            encryptionKey: `projects/shop/locations/${keyLocationOf(location)}/keyRings/main/cryptoKeys/backup`,
          }),
        },
      }),
    }));
}

const maintenance: fc.Arbitrary<Part<"maintenance">> = fc
  .record({ hour: fc.nat(23), month: fc.integer({ min: 1, max: 12 }), days: fc.nat(27) })
  .map(({ hour, month, days }) => {
    const first = `2027-${String(month).padStart(2, "0")}`;
    return { hour, freeze: [{ from: `${first}-01`, to: `${first}-${String(1 + days).padStart(2, "0")}` }] };
  });

/** Pooling, access, network and service, which depend on one another. */
function connections({ edition, region, hasService }: Ground): fc.Arbitrary<Partial<GcpSpec>> {
  const poolings = [
    { enabled: false },
    ...(edition === "enterprise-plus" ? [{ kind: "managed" as const }] : []),
    ...(hasService ? [{ kind: "sidecar" as const, image: POOLER_IMAGE }] : []),
  ];
  return fc
    .record({
      pooling: fc.constantFrom<Part<"pooling">>(...poolings),
      socket: fc.boolean(),
      certificateAuthority: fc.constantFrom("per-instance" as const, "shared" as const),
      existing: fc.boolean(),
      subnet: fc.tuple(fc.integer({ min: 1, max: 254 }), fc.integer({ min: 16, max: 26 })),
      maxInstances: fc.integer({ min: 1, max: 5 }),
      cpus: fc.constantFrom(1, 2),
      hasJob: fc.boolean(),
    })
    .map(
      ({ pooling, socket, certificateAuthority, existing, subnet: [second, prefix], maxInstances, cpus, hasJob }) => ({
        pooling,
        access: {
          ...(socket && pooling.kind !== "managed"
            ? { path: "socket" as const, certificateAuthority: "per-instance" as const }
            : { certificateAuthority, ...(hasJob && { verification: VERIFICATION }) }),
          network: existing
            ? {
                existing: "projects/shop/global/networks/main",
                subnet: `projects/shop/regions/${region}/subnetworks/run`,
              }
            : { subnetCidr: `10.${second}.0.0/${prefix}` },
        },
        ...(hasService && {
          service: { ...APP, minInstances: maxInstances - 1, maxInstances, cpus, environment: { CACHE: "on" } },
        }),
      }),
    );
}
