import type { CloudSqlEdition } from "./cloud-sql-editions.ts";
import { type Bounds, CLOUD_SQL_DOCS, isWithin, notConfirmed, type Provenance, readAt, type Sourced } from "./limit.ts";

/** Families of machines; a region has some of them, and a disk type goes with some of them. */
export type MachineSeries = "shared-core" | "dedicated-core" | "N4" | "N2" | "C4A" | "C4";

/** A machine type of Cloud SQL for PostgreSQL. */
export interface CloudSqlTier {
  /** As `settings.tier` takes it. */
  readonly tier: string;
  readonly edition: CloudSqlEdition;
  readonly series: MachineSeries;
  /** Processors; a shared core counts as one, and is a part of one. */
  readonly cpus: number;
  /** The vendor writes GB and means GiB: the API gives `db-c4a-highmem-16` 131072 MiB. */
  readonly memoryMiB: number;
}

/** A machine type that exists by name only. */
export interface PredefinedTier extends CloudSqlTier, Sourced {}

/** Machine types whose processors and memory are chosen. */
export interface CustomTierRule extends Sourced {
  readonly prefix: string;
  readonly edition: CloudSqlEdition;
  readonly series: MachineSeries;
  /** Within these, one or an even number. */
  readonly cpus: Bounds;
  readonly memoryMiB: Bounds;
  readonly memoryMiBPerCpu: Bounds;
  /** Memory is a multiple of it. */
  readonly memoryStepMiB: number;
}

const MACHINE_SERIES = `${CLOUD_SQL_DOCS}/machine-series-overview` as const;
const GIB = 1024;
const C4_SUMMARY = notConfirmed(MACHINE_SERIES, "read in a summary of the release notes of 2026-09-04");

/** The machine types that exist by name only. */
export const PREDEFINED_TIERS: readonly PredefinedTier[] = [
  // No SLA: https://docs.cloud.google.com/sql/docs/postgres/operational-guidelines. High availability has a price, so
  // it can be had.
  ...shared("db-f1-micro", 614),
  ...shared("db-g1-small", 1740),
  ...plus(
    "N2",
    "db-perf-optimized-N-",
    [2, 4, 8, 16, 32, 48, 64, 80, 96],
    8 * GIB,
    readAt(MACHINE_SERIES, "2026-10-01"),
  ),
  // The one with less than 8 GiB for each processor.
  ...plus("N2", "db-perf-optimized-N-", [128], 6.75 * GIB, readAt(MACHINE_SERIES, "2026-10-01")),
  ...plus(
    "C4A",
    "db-c4a-highmem-",
    [2, 4, 8, 16, 32, 48, 64, 72],
    8 * GIB,
    notConfirmed(MACHINE_SERIES, "names and sizes are from a listing of the API's tiers for MySQL"),
  ),
  ...plus("C4", "db-perf-optimized-C4-", [2], 7.5 * GIB, C4_SUMMARY),
  ...plus("C4", "db-perf-optimized-C4-", [4, 8], 7.75 * GIB, C4_SUMMARY),
];

/** The rules of `db-custom-<cpus>-<MiB>` and `db-custom-N4-<cpus>-<MiB>`. */
export const CUSTOM_TIER_RULES: readonly CustomTierRule[] = [
  {
    prefix: "db-custom-",
    edition: "ENTERPRISE",
    series: "dedicated-core",
    cpus: { min: 1, max: 96 },
    memoryMiB: { min: 3840, max: 624 * GIB },
    memoryMiBPerCpu: { min: 0.9 * GIB, max: 6.5 * GIB },
    memoryStepMiB: 256,
    provenance: readAt(`${CLOUD_SQL_DOCS}/create-instance`, "2026-04-13"),
  },
  {
    // choose-edition says at most 80 processors and 624 GB; the release notes of 2025-10-17 say 640 GB.
    prefix: "db-custom-N4-",
    edition: "ENTERPRISE",
    series: "N4",
    cpus: { min: 2, max: 80 },
    memoryMiB: { min: 4 * GIB, max: 624 * GIB },
    memoryMiBPerCpu: { min: 2 * GIB, max: 8 * GIB },
    memoryStepMiB: 256,
    provenance: notConfirmed(
      MACHINE_SERIES,
      "the maxima are from choose-edition; minima and step are those of N4 machines",
    ),
  },
];

/** The machine type of that name, or `undefined` where there is none: {@link tierProblem} says why. */
export function parseTier(tier: string): CloudSqlTier | undefined {
  const predefined = PREDEFINED_TIERS.find((known) => known.tier === tier);
  if (predefined !== undefined) return withoutSource(predefined);
  const custom = parseCustom(tier);
  if (custom === undefined || customProblem(custom) !== undefined) return undefined;
  return customTier(custom.rule, custom.cpus, custom.memoryMiB);
}

/** Why a name is no machine type, in one clause; `undefined` where it is one. */
export function tierProblem(tier: string): string | undefined {
  if (PREDEFINED_TIERS.some((known) => known.tier === tier)) return undefined;
  const custom = parseCustom(tier);
  return custom === undefined ? "Cloud SQL for PostgreSQL has no machine type of that name" : customProblem(custom);
}

/**
 * The machine type that has exactly these processors and this memory: `db-custom-…` for ENTERPRISE, N2 for
 * ENTERPRISE_PLUS. The other series (N4, C4A, C4) and shared cores have to be asked for by name: not every region has
 * them, their disks differ, or they have no SLA.
 */
export function tierOf(edition: CloudSqlEdition, cpus: number, memoryGiB: number): CloudSqlTier | undefined {
  const memoryMiB = memoryGiB * GIB;
  if (edition === "ENTERPRISE") return parseTier(`db-custom-${cpus}-${memoryMiB}`);
  const found = PREDEFINED_TIERS.find(
    (tier) => tier.series === "N2" && tier.cpus === cpus && tier.memoryMiB === memoryMiB,
  );
  return found && withoutSource(found);
}

/** Every number of processors that a rule allows. */
export function customCpus({ cpus }: CustomTierRule): number[] {
  const even = Array.from({ length: Math.floor(cpus.max / 2) }, (_, index) => 2 * (index + 1));
  return [1, ...even].filter((count) => isWithin(count, cpus));
}

/** The memory, in MiB, that a rule allows for a number of processors: both ends are multiples of its step. */
export function customMemoryMiB(rule: CustomTierRule, cpus: number): Bounds {
  const { memoryMiB, memoryMiBPerCpu, memoryStepMiB: step } = rule;
  return {
    min: Math.ceil(Math.max(memoryMiB.min, memoryMiBPerCpu.min * cpus) / step) * step,
    max: Math.floor(Math.min(memoryMiB.max, memoryMiBPerCpu.max * cpus) / step) * step,
  };
}

/** A custom machine type; whether the rule allows it is the caller's to know. */
export function customTier(rule: CustomTierRule, cpus: number, memoryMiB: number): CloudSqlTier {
  const { prefix, edition, series } = rule;
  return { tier: `${prefix}${cpus}-${memoryMiB}`, edition, series, cpus, memoryMiB };
}

interface CustomWish {
  readonly rule: CustomTierRule;
  readonly cpus: number;
  readonly memoryMiB: number;
}

function parseCustom(tier: string): CustomWish | undefined {
  for (const rule of CUSTOM_TIER_RULES) {
    const numbers = tier.startsWith(rule.prefix)
      ? /^([1-9]\d*)-([1-9]\d*)$/.exec(tier.slice(rule.prefix.length))
      : null;
    if (numbers !== null) return { rule, cpus: Number(numbers[1]), memoryMiB: Number(numbers[2]) };
  }
  return undefined;
}

function customProblem({ rule, cpus, memoryMiB }: CustomWish): string | undefined {
  if (!isWithin(cpus, rule.cpus)) return `cpus = ${cpus} is not within ${rule.cpus.min} to ${rule.cpus.max}`;
  if (cpus !== 1 && cpus % 2 !== 0) return `cpus = ${cpus} is neither one nor an even number`;
  const allowed = customMemoryMiB(rule, cpus);
  if (!isWithin(memoryMiB, allowed))
    return `${memoryMiB} MiB is not within ${allowed.min} to ${allowed.max} MiB, the range for cpus = ${cpus}`;
  if (memoryMiB % rule.memoryStepMiB !== 0) return `${memoryMiB} MiB is no multiple of ${rule.memoryStepMiB} MiB`;
  return undefined;
}

/** A predefined machine type alone, in the shape that custom ones have. */
export function withoutSource({ provenance: _, ...tier }: PredefinedTier): CloudSqlTier {
  return tier;
}

function shared(tier: string, memoryMiB: number): PredefinedTier[] {
  const provenance = readAt("https://cloud.google.com/sql/pricing", "2026-10-01");
  return [{ tier, edition: "ENTERPRISE", series: "shared-core", cpus: 1, memoryMiB, provenance }];
}

function plus(
  series: MachineSeries,
  prefix: string,
  sizes: readonly number[],
  memoryMiBPerCpu: number,
  provenance: Provenance,
): PredefinedTier[] {
  return sizes.map((cpus) => ({
    tier: `${prefix}${cpus}`,
    edition: "ENTERPRISE_PLUS",
    series,
    cpus,
    memoryMiB: cpus * memoryMiBPerCpu,
    provenance,
  }));
}
