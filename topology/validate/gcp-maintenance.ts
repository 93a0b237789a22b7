import { INSTANCE_LIMITS } from "../limits/cloud-sql-instances.ts";
import type { Issue } from "../issue.ts";
import type { ResolvedMaintenance } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";

type Freeze = ResolvedMaintenance["freeze"][number];

const DAY_MS = 86_400_000;
/** What a day of one year begins with. */
const YEAR = "YYYY-";
const ENDS = ["from", "to"] as const;
/** The API takes a list, and the provider one block of it: https://github.com/hashicorp/terraform-provider-google/issues/28195 */
const MOST_FREEZES = 1;

/** A rule about each freeze by its place in the list. */
function ofEachFreeze(issues: (freeze: Freeze, where: string) => Issue[]): GcpRule {
  return ({ maintenance }) =>
    maintenance.freeze.flatMap((freeze, index) => issues(freeze, `maintenance.freeze.${index}`));
}

const oneFreezeIsKept: GcpRule = ({ maintenance: { freeze } }) => {
  if (freeze.length <= MOST_FREEZES) return [];
  return [
    {
      where: "maintenance.freeze",
      got: `${freeze.length} periods`,
      want: `at most ${MOST_FREEZES}`,
      because: "the provider hands on one deny period",
      fix: "keep the one that matters most",
    },
  ];
};

// A period without a year comes back every year. The cloud takes it, and the provider finds it changed at every preview:
// https://github.com/hashicorp/terraform-provider-google/issues/29169 (open)
const freezeNamesItsYears = ofEachFreeze((freeze, where) =>
  ENDS.filter((end) => !hasYear(freeze[end])).map((end) => ({
    where: `${where}.${end}`,
    got: freeze[end],
    want: "a day with its year, as YYYY-MM-DD",
    because: "a period that comes back every year is a difference for the provider at every preview",
    fix: `write ${withYear(freeze, end)}, and the next year when it is over`,
  })),
);

const freezeHasDaysThatExist = ofEachFreeze((freeze, where) =>
  ENDS.filter((end) => hasYear(freeze[end]) && timeOf(freeze[end]) === undefined).map((end) => ({
    where: `${where}.${end}`,
    got: freeze[end],
    want: "a day of the calendar",
    fix: `use ${lastDayBefore(freeze[end])}`,
  })),
);

/** The day of the year that the other end asks for; with neither, nobody knows the year. */
function withYear({ from, to }: Freeze, end: (typeof ENDS)[number]): string {
  const isFirst = end === "from";
  const [day, other] = isFirst ? [from, to] : [to, from];
  if (!hasYear(other)) return `${YEAR}${day}`;
  const year = Number(other.slice(0, YEAR.length - 1));
  const rest = other.slice(YEAR.length);
  if (isFirst) return `${day > rest ? year - 1 : year}-${day}`;
  return `${day < rest ? year + 1 : year}-${day}`;
}

const freezeEndsAfterItBegins = ofEachFreeze((freeze, where) => {
  const days = lengthDays(freeze);
  if (days === undefined || days > 0) return [];
  return [
    {
      where: `${where}.to`,
      got: `${freeze.to}, from ${freeze.from}`,
      want: "a day on or after the first",
      fix: "swap the two days",
    },
  ];
});

const freezeIsShortEnough = ofEachFreeze((freeze, where) => {
  const { max } = INSTANCE_LIMITS.denyMaintenanceDays.bounds;
  const days = lengthDays(freeze);
  if (days === undefined || days <= max) return [];
  return [
    {
      where: `${where}.to`,
      got: `${days} days, ${freeze.from} to ${freeze.to}`,
      want: `at most ${max} days`,
      because: "Cloud SQL puts maintenance off no longer",
      fix: `use ${lastDayOf(freeze.from, max)}`,
    },
  ];
});

/** Days of a period, both ends counted; `undefined` where an end has a mistake. */
function lengthDays({ from, to }: Freeze): number | undefined {
  const first = timeOf(from);
  const last = timeOf(to);
  return first === undefined || last === undefined ? undefined : (last - first) / DAY_MS + 1;
}

/** The last day of a period of so many days. */
function lastDayOf(from: string, days: number): string {
  const last = new Date((timeOf(from) ?? 0) + (days - 1) * DAY_MS).toISOString();
  return last.slice(0, "YYYY-MM-DD".length);
}

/** The last day of its month, where a month has no such day. */
function lastDayBefore(day: string): string {
  const [month, date] = [day.slice(0, -2), Number(day.slice(-2))];
  const earlier = Array.from({ length: date }, (_, index) => `${month}${String(date - index).padStart(2, "0")}`);
  return earlier.find((candidate) => timeOf(candidate) !== undefined) ?? day;
}

function hasYear(day: string): boolean {
  return day.length === "YYYY-MM-DD".length;
}

/** A day as a time; `undefined` without a year, and where the calendar has no such day. */
function timeOf(day: string): number | undefined {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (!hasYear(day) || Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().startsWith(day) ? time : undefined;
}

/** When the cloud may be kept from working on the servers. */
export const MAINTENANCE_RULES = {
  oneFreezeIsKept,
  freezeNamesItsYears,
  freezeHasDaysThatExist,
  freezeEndsAfterItBegins,
  freezeIsShortEnough,
} satisfies Readonly<Record<string, GcpRule>>;
