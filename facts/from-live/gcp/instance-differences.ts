import type { Difference } from "../../../requirements/facts/difference.ts";
import type { InstanceFacts } from "../../../requirements/facts/instances.ts";
import { isKnown } from "../../../requirements/known.ts";

type Settings = Omit<InstanceFacts, "part" | "role" | "differences" | "flagDifferences">;

/** What is compared with the wish; the others have a requirement of their own that holds for every wish. */
const COMPARED = [
  "region",
  "version",
  "edition",
  "tier",
  "availability",
  "network",
  "sslMode",
  "certificateAuthority",
  "diskLimitGiB",
  "deletionProtected",
  "logDays",
  "retainedBackups",
  "backupLocation",
  "backupsOutlive",
  "finalBackupDays",
  "maintenance",
  "freezes",
  "queryInsights",
  "pooling",
] as const satisfies readonly (keyof Settings)[];

/** Where the cloud chooses, every answer is as asked. */
const LEFT_TO_THE_CLOUD: ReadonlySet<string> = new Set(["backupLocation"]);

/** The settings that an instance has otherwise than wished. What is not known of either is no difference. */
export function instanceDifferences(wished: InstanceFacts, found: Settings): Difference[] {
  return COMPARED.flatMap((name): Difference[] => {
    const [want, got] = [wished[name], found[name]];
    if (!isKnown<unknown>(want) || !isKnown<unknown>(got)) return [];
    if (want === undefined && LEFT_TO_THE_CLOUD.has(name)) return [];
    const texts = { want: text(want), got: text(got) };
    return texts.want === texts.got ? [] : [{ where: wished.part, name, ...texts }];
  });
}

/** Flags that are set otherwise than wished, or by nobody's wish. */
export function flagDifferences(
  where: string,
  wished: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): Difference[] {
  const names = [...new Set([...Object.keys(wished), ...Object.keys(found)])].sort();
  return names
    .filter((name) => wished[name] !== found[name])
    .map((name) => ({ where, name, want: wished[name] ?? "not set", got: found[name] ?? "not set" }));
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).sort().join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${name} ${String(part)}`)
      .join(" ");
  }
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
