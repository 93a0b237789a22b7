import type { Requirement } from "../../requirements/requirement.ts";
import { lineName, type ReportLine, type VerifyReport } from "../../verify/report.ts";
import type { Drift, DriftReport } from "./drift-report.ts";

/** What a verification judges that says whether somebody changed something; the rest of it is how well things go. */
export const DRIFT_REQUIREMENTS: readonly Requirement["id"][] = [
  "settings/as-asked",
  "settings/no-restart-pending",
  "access/one-superuser",
  "access/roles-complete",
  "access/no-unplanned-roles",
  "access/no-unplanned-privileges",
  "access/privileges-complete",
  "pooling/as-asked",
  "replication/no-unplanned-slots",
  "instances/as-asked",
  "instances/flags-as-asked",
  "instances/replicas-follow-primary",
  "clusters/as-asked",
  "clusters/sources-as-asked",
  "host/as-asked",
  "host/inbound-as-asked",
];

/** Without these two nobody has looked at a server. */
const NEEDED: readonly Requirement["id"][] = ["settings/as-asked", "access/no-unplanned-privileges"];

/** What servers have otherwise than asked, and what could not be seen of them. */
export function serverDrift({ judged }: Pick<VerifyReport, "judged">): Pick<DriftReport, "drift" | "notSeen"> {
  const lines = judged.filter(({ id }) => DRIFT_REQUIREMENTS.includes(id));
  const failed = lines.filter(({ status }) => status === "fail");
  const unknown = lines.filter(({ status }) => status === "unknown");
  const lacking = NEEDED.filter((id) => !lines.some((line) => line.id === id && isAnswered(line)));
  return {
    drift: failed.map((line): Drift => ({
      where: lineName(line),
      what: line.message,
      seenBy: "verification",
      fix: line.fix,
    })),
    notSeen: [
      ...unknown.map((line) => `${lineName(line)}: ${line.message}`),
      ...lacking.filter((id) => !unknown.some((line) => line.id === id)).map((id) => `${id}: nobody judged it`),
    ],
  };
}

function isAnswered({ status }: ReportLine): boolean {
  return status === "pass" || status === "fail";
}
