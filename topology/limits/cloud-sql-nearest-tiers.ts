import type { CloudSqlEdition } from "./cloud-sql-editions.ts";
import {
  type CloudSqlTier,
  CUSTOM_TIER_RULES,
  customCpus,
  customMemoryMiB,
  customTier,
  type CustomTierRule,
  PREDEFINED_TIERS,
  withoutSource,
} from "./cloud-sql-tiers.ts";
import { closestName, nearestNames } from "../../kernel/closest-name.ts";

interface Size {
  readonly cpus: number;
  /** Left out where only the processors are to be near. */
  readonly memoryMiB?: number;
}

const SHOWN = 3;
const GIB = 1024;
/** A size that nothing is as small as; stands for zero, which has no logarithm. */
const SMALLEST = 0.01;

/**
 * The valid machine types that come nearest to a size, the nearest first, three of them; a valid size comes first
 * itself. They are of the series that `tierOf` finds. Twice as much is as far off as half as much, in processors and in
 * memory alike.
 */
export function nearestTiers(edition: CloudSqlEdition, cpus: number, memoryGiB: number): CloudSqlTier[] {
  const wanted = { cpus: tamed(cpus), memoryMiB: tamed(memoryGiB * GIB) };
  if (edition === "ENTERPRISE_PLUS")
    return nearest(PREDEFINED_TIERS.filter(({ series }) => series === "N2").map(withoutSource), wanted);
  const rules = CUSTOM_TIER_RULES.filter(({ series }) => series === "dedicated-core");
  return nearest(
    rules.flatMap((rule) => customCandidates(rule, wanted.memoryMiB)),
    wanted,
  );
}

/** The names of valid machine types that a misspelt or impossible name is nearest to, the nearest first, at most three. */
export function nearestTierNames(tier: string): string[] {
  const name = tier.toLowerCase();
  const [, series, customCpus, memoryMiB] = /^(.*-)(\d+)-(\d+)$/.exec(name) ?? [];
  const rule = series === undefined ? undefined : customRule(series);
  if (rule !== undefined) {
    const wanted = { cpus: tamed(Number(customCpus)), memoryMiB: tamed(Number(memoryMiB)) };
    return nearest(customCandidates(rule, wanted.memoryMiB), wanted).map(nameOf);
  }
  const [, prefix, cpus] = /^(.*-)(\d+)$/.exec(name) ?? [];
  const family = PREDEFINED_TIERS.filter((known) => known.tier.toLowerCase() === `${prefix ?? ""}${known.cpus}`);
  if (family.length > 0) return nearest(family, { cpus: tamed(Number(cpus)) }).map(nameOf);
  return nearestNames(tier, PREDEFINED_TIERS.map(nameOf));
}

/** The rule whose machine types are named so, or nearly so. */
function customRule(prefix: string): CustomTierRule | undefined {
  const names = CUSTOM_TIER_RULES.map((rule) => rule.prefix.toLowerCase());
  const meant = names.find((name) => name === prefix) ?? closestName(prefix, names);
  return CUSTOM_TIER_RULES.find((rule) => rule.prefix.toLowerCase() === meant);
}

function nearest<T extends CloudSqlTier>(candidates: readonly T[], wanted: Size): T[] {
  return candidates
    .map((tier) => ({ tier, distance: distance(tier, wanted) }))
    .sort((a, b) => a.distance - b.distance || b.tier.memoryMiB - a.tier.memoryMiB)
    .slice(0, SHOWN)
    .map(({ tier }) => tier);
}

function distance(tier: CloudSqlTier, { cpus, memoryMiB }: Size): number {
  const ofMemory = memoryMiB === undefined ? 0 : Math.abs(Math.log2(tier.memoryMiB / memoryMiB));
  return Math.abs(Math.log2(tier.cpus / cpus)) + ofMemory;
}

/** For each number of processors, the machine type whose memory is nearest. */
function customCandidates(rule: CustomTierRule, memoryMiB: number): CloudSqlTier[] {
  return customCpus(rule).map((cpus) => {
    const { min, max } = customMemoryMiB(rule, cpus);
    const stepped = Math.round(memoryMiB / rule.memoryStepMiB) * rule.memoryStepMiB;
    return customTier(rule, cpus, Math.min(max, Math.max(min, stepped)));
  });
}

/** A size as a positive, finite number: whatever was asked for, something is nearest to it. */
function tamed(value: number): number {
  return value > SMALLEST ? Math.min(value, Number.MAX_SAFE_INTEGER) : SMALLEST;
}

function nameOf({ tier }: CloudSqlTier): string {
  return tier;
}
