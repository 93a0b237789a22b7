import { managedServersOf } from "../topology/resolved-digitalocean.ts";
import type { VerifyReport } from "../verify/report.ts";
import type { DeployedDigitalOcean } from "./stack/deploy-digitalocean.ts";
import { changedResources, verifiedLines } from "./up-summary.ts";

/** The last screen of `up` on DigitalOcean: what runs, what was configured, granted and verified, what to do next. */
export function formatDigitalOceanSummary(
  { configured, notes, plan, world }: DeployedDigitalOcean,
  report: VerifyReport | undefined,
): string {
  const { delivery, place, topology } = world;
  const option = ` --stack ${place.stack}`;
  const servers = managedServersOf(topology).map(
    ({ part, region, slug }) => `  ${part.padEnd(24)} ${region.padEnd(8)} ${slug}`,
  );
  const host = topology.dataHost && [
    `  ${"data host".padEnd(24)} ${topology.region.padEnd(8)} ${topology.dataHost.slug}   ssh root@${delivery.dataHost?.publicAddress ?? ""}`,
  ];
  return [
    `${changedResources(plan)}.`,
    ...notes.map((note) => `Note: ${note}`),
    ...configuredLines(configured),
    "",
    `PostgreSQL ${topology.version} on DigitalOcean, database ${topology.database}${topology.dataHost === undefined ? "" : ` and ${topology.dataHost.server.database}`}:`,
    ...servers,
    ...(host ?? []),
    "",
    ...verifiedLines(report, "Verified by the API and by SQL through the data host", `./pgt verify${option}`),
    "",
    "Next:",
    `  ./pgt env${option}   what the application needs, in ${topology.mode} mode`,
  ].join("\n");
}

function configuredLines(configured: DeployedDigitalOcean["configured"]): string[] {
  if (configured === undefined) {
    return [
      "Roles and grants were not looked at: the managed servers are reached through a data host, and there is none.",
    ];
  }
  const { firstBackup, firstExport, roleSteps, written } = configured;
  return [
    written.length === 0
      ? "The data host is configured as planned."
      : `Written on the data host: ${written.length} files.`,
    roleSteps.length === 0 ? "Roles and grants are as planned." : `Roles and grants: ${roleSteps.length} changed.`,
    ...(firstExport ? ["The first export of the managed database was made and read through."] : []),
    ...(firstBackup ? ["The first full backup was made and read through."] : []),
  ];
}
