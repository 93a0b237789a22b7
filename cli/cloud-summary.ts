import { instancesOf } from "../topology/resolved-gcp.ts";
import type { VerifyReport } from "../verify/report.ts";
import type { DeployedCloud } from "./stack/deploy-cloud.ts";
import type { Vantage } from "./stack-options.ts";
import { changedResources, verifiedLines } from "./up-summary.ts";

/** What came after the deployment. */
export interface CloudOutcome {
  /** How many steps roles and grants took; `undefined` where they were not looked at. */
  readonly roleSteps: number | undefined;
  /** `undefined` where it was not verified. */
  readonly report: VerifyReport | undefined;
  /** From where SQL was asked; `undefined`: it was not. */
  readonly vantage: Vantage | undefined;
}

/** The last screen of `up` on Cloud SQL: what runs, what was designated, granted and verified, what to do next. */
export function formatCloudSummary(deployed: DeployedCloud, { report, roleSteps, vantage }: CloudOutcome): string {
  const { designated, notes, place, plan, world } = deployed;
  const { topology } = world;
  const instances = instancesOf(topology).map(
    ({ part, region, tier }) => `  ${part.padEnd(24)} ${region.padEnd(24)} ${tier}`,
  );
  const [proof, from] =
    topology.access.verification === undefined
      ? ["inside", "a machine inside the VPC"]
      : ["job", "the stack's own job in the VPC"];
  const verify = `./pgt verify --stack ${place.stack} --vantage ${proof}`;
  return [
    `${changedResources(plan)}.`,
    ...(designated === undefined ? [] : [`Replica ${designated} is designated to take over after a disaster.`]),
    ...notes.map((note) => `Note: ${note}`),
    "",
    `PostgreSQL ${topology.version} on Cloud SQL ${topology.edition}, database ${topology.database}:`,
    ...instances,
    "",
    rolesLine(roleSteps),
    ...verifiedLines(report, vantage === undefined ? "Verified by the Admin API, without SQL" : "Verified", verify),
    "",
    "Next:",
    ...(roleSteps === undefined
      ? [`  ./pgt roles --stack ${place.stack} --vantage inside --apply   from a machine inside the VPC`]
      : []),
    `  ${verify}   from ${from}`,
  ].join("\n");
}

function rolesLine(steps: number | undefined): string {
  if (steps === undefined)
    return "Roles and grants were not looked at: before they are applied, a fresh service can read no table.";
  return steps === 0 ? "Roles and grants are as planned." : `Roles and grants: ${steps} changed.`;
}
