import { clientAddress, databasesOf, type StackDatabase } from "../topology/resolved-docker.ts";
import { nodesOf } from "../topology/resolved-self-run.ts";
import { lineName, type VerifyReport } from "../verify/report.ts";
import { counted } from "./readable.ts";
import type { Deployed } from "./stack/deploy.ts";
import { isManaged } from "./stack/managed-resource.ts";
import type { Plan } from "./stack/plan.ts";

/** The last screen of `up`: what runs, what was verified, how to connect, what to do next. */
export function formatSummary(deployed: Deployed, report: VerifyReport | undefined): string {
  const { topology, place } = deployed.world;
  const flag = place.stack === "local" ? "" : ` --stack ${place.stack}`;
  return [
    changesLine(deployed),
    ...deployed.notes.map((note) => `Note: ${note}`),
    ...databasesOf(topology).flatMap(serverLines),
    "",
    ...verifiedLines(report, "Verified by SQL", `./pgt verify${flag}`),
    "",
    "Connect:",
    `  ./pgt psql${flag}              (--replica, --pooled${topology.data === undefined ? "" : ", --database data"})`,
    `  ./pgt env${flag}               the application's environment, with its secrets`,
    "Next:",
    `  ./pgt status${flag} · verify · backups · logs · down`,
  ].join("\n");
}

function serverLines({ prefix, topology }: StackDatabase): string[] {
  const host = clientAddress(topology);
  const { database, pooling, version } = topology;
  const servers = nodesOf(topology).map(({ part, port }) => `  ${(prefix + part).padEnd(14)} ${host}:${port}`);
  if (pooling !== undefined) {
    const pools = `(databases ${pooling.writerPool}, ${pooling.readerPool})`;
    servers.push(`  ${`${prefix}pooler`.padEnd(14)} ${host}:${pooling.port}  ${pools}`);
  }
  return ["", `PostgreSQL ${version}, database ${database}:`, ...servers];
}

function changesLine({ plan, roleChanges, firstBackup }: Deployed): string {
  const parts = [
    changedResources(plan),
    roleChanges.length === 0 ? "no role or grant" : `${counted(roleChanges.length, "change")} of roles and grants`,
  ];
  if (firstBackup) parts.push("the first full backup was made");
  return `${parts.join(", ")}.`;
}

/** How many resources an update changed, as in `2 resources changed`. */
export function changedResources({ changes }: Pick<Plan, "changes">): string {
  const { length } = changes.filter(isManaged);
  return length === 0 ? "No resource changed" : `${counted(length, "resource")} changed`;
}

/**
 * What a verification found, or how to make one.
 * @param verified what may be said of how it was found out, as in "Verified by SQL"
 * @param command the one that proves it by SQL
 */
export function verifiedLines(report: VerifyReport | undefined, verified: string, command: string): string[] {
  if (report === undefined) return [`Not verified: "${command}" proves it by SQL.`];
  const { pass, fail, unknown } = report.counts;
  const seconds = (report.durationMs / 1000).toFixed(1);
  const troubles = report.judged.filter(({ status }) => status === "fail" || status === "unknown");
  return [
    `${verified}: ${pass} pass, ${fail} fail, ${unknown} unknown, in ${seconds} s`,
    ...troubles.map((line) => `  ${line.status}: ${lineName(line)}: ${line.message}`),
  ];
}
