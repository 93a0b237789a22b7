import { instancesOf } from "../topology/resolved-gcp.ts";
import type { VerifyReport } from "../verify/report.ts";
import type { DeployedCloud } from "./stack/deploy-cloud.ts";
import { verifiedLines } from "./up-summary.ts";

/**
 * The last screen of `up` on Cloud SQL: what runs, what was designated, granted and verified, what to do next.
 * @param roleSteps how many it took; `undefined` where roles and grants were not looked at
 */
export function formatCloudSummary(
  deployed: DeployedCloud,
  roleSteps: number | undefined,
  report: VerifyReport | undefined,
): string {
  const { designated, notes, place, plan, world } = deployed;
  const { topology } = world;
  const instances = instancesOf(topology).map(
    ({ part, region, tier }) => `  ${part.padEnd(24)} ${region.padEnd(24)} ${tier}`,
  );
  return [
    plan.changes.length === 0 ? "No resource changed." : `${plan.changes.length} resources changed.`,
    ...(designated === undefined ? [] : [`Replica ${designated} is designated to take over after a disaster.`]),
    ...notes.map((note) => `Note: ${note}`),
    "",
    `PostgreSQL ${topology.version} on Cloud SQL ${topology.edition}, database ${topology.database}:`,
    ...instances,
    "",
    rolesLine(roleSteps),
    ...verifiedLines(report, ` --stack ${place.stack}`),
    "",
    "Next:",
    ...(roleSteps === undefined
      ? [`  ./pgt roles --stack ${place.stack} --vantage inside --apply   from a machine inside the VPC`]
      : []),
    topology.access.verification === undefined
      ? `  ./pgt verify --stack ${place.stack} --vantage inside   from a machine inside the VPC`
      : `  ./pgt verify --stack ${place.stack} --vantage job      from the stack's own job in the VPC`,
  ].join("\n");
}

function rolesLine(steps: number | undefined): string {
  if (steps === undefined)
    return "Roles and grants were not looked at: before they are applied, a fresh service can read no table.";
  return steps === 0 ? "Roles and grants are as planned." : `Roles and grants: ${steps} changed.`;
}
