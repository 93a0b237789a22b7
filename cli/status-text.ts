import { renderTable } from "../kernel/table.ts";
import { readableAge } from "./readable.ts";
import type { StackStatus } from "./stack/stack-status.ts";

const SHORT_ID = 12;

/** The status as a person reads it. */
export function statusText(status: StackStatus, now: Date): string {
  const parts = renderTable(
    ["part", "state", "published", "up for", "image"],
    status.parts.map((part) => [
      part.part,
      part.health === "none" ? part.state : `${part.state}, ${part.health}`,
      part.addresses.join(" ") || "-",
      part.since === null ? "-" : readableAge(new Date(part.since), now),
      part.image === null ? "-" : shortImage(part.image),
    ]),
  );
  const volumes = status.volumes.map(({ name }) => name).join(", ") || "none";
  const { databases } = status;
  const facts = [
    ["volumes", volumes],
    ...databases.map(({ database, lastBackup }) => [
      databases.length === 1 ? "last backup" : `last backup of ${database}`,
      backupText(lastBackup, now),
    ]),
  ] as [string, string][];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [`${parts}\n`, ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`)].join("\n");
}

function backupText(backup: StackStatus["databases"][number]["lastBackup"], now: Date): string {
  if (backup === null) return "none";
  if ("unknown" in backup) return `unknown: ${backup.unknown}`;
  return `${backup.label} (${backup.type}), ${readableAge(backup.finishedAt, now)} ago`;
}

function shortImage(image: string): string {
  return image.replace(/^sha256:([0-9a-f]+)$/, (_, id: string) => id.slice(0, SHORT_ID));
}
