import type { Difference } from "../../../requirements/facts/difference.ts";
import type { InstanceFacts } from "../../../requirements/facts/instances.ts";
import type { PlannedInstanceFacts } from "../../../requirements/facts/planned-instance.ts";
import { settingDifferences } from "../setting-differences.ts";

type Settings = Omit<InstanceFacts, "part" | "role" | "differences" | "flagDifferences" | keyof PlannedInstanceFacts>;

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
  const compared = COMPARED.filter((name) => wished[name] !== undefined || !LEFT_TO_THE_CLOUD.has(name));
  return settingDifferences(wished.part, compared, wished, found);
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
