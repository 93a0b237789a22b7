import type { ReportViolation } from "@pulumi/policy";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { waiverProblems } from "../requirements/waivers.ts";
import { type JudgedResources, judgeResource } from "./judge-plan.ts";
import type { PolicySettings } from "./settings.ts";

/** A waiver that has expired, or that nothing needs, stops a deployment. Whether one is needed, only all resources tell. */
export function reportWaivers(
  settings: PolicySettings,
  resources: readonly PlannedResource[],
  whole: readonly JudgedResources[],
  report: ReportViolation,
  now: Date,
): void {
  const waivers = settings.waivers ?? [];
  if (waivers.length === 0) return;
  const judged = [...resources.map((one) => judgeResource(one, settings)), ...whole].flatMap((one) => one.judged);
  for (const { message } of waiverProblems(waivers, judged, CATALOGUE, now)) report(message);
}
