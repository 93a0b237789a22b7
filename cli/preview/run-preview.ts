import { basename } from "node:path";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { DEFAULT_LIMIT, judgeGate } from "../../preview/gate.ts";
import { objectiveChanges } from "../../preview/objectives.ts";
import { type PreviewReport, previewReport, type ReportedBugs } from "../../preview/report.ts";
import type { ChangeLabel } from "../../topology/change-label.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { Permission } from "../../topology/permission.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { readWish, type Wish } from "../stack/read-wish.ts";
import { readAllowed } from "./allowed.ts";
import type { PlannedPreview } from "./planned-preview.ts";
import { reportedCost } from "./reported-cost.ts";

/** What a preview is asked for. */
export interface PreviewRequest extends StackOptions {
  readonly allow?: string;
  readonly max?: ChangeLabel;
  /** A file with a saved preview or an event log. */
  readonly plan?: string;
  /** A git ref with the configuration to compare with. */
  readonly against?: string;
  /** A git ref whose lock file is compared with this one. */
  readonly since?: string;
  /** Whether the stack was named: a saved plan may be of anybody's program. */
  readonly isStackNamed: boolean;
}

/** What a page is headed and found again by: the stack, or the file of a plan of which no stack was named. */
export function pageName({ isStackNamed, plan, stack }: PreviewRequest): string {
  return plan === undefined || isStackNamed ? stack : basename(plan);
}

/** Plans, labels, judges. Nothing is written, whatever it finds. */
export async function runPreview(context: CommandContext, request: PreviewRequest): Promise<PreviewReport> {
  if (request.plan !== undefined && request.against !== undefined) {
    throw new PgtError("--plan and --against are two ways to do without an engine", {
      exitCode: EXIT.usage,
      fix: ["Leave one of them out."],
    });
  }
  const allowed = await readAllowed(request.allow);
  const { max: limit = DEFAULT_LIMIT, plan: file } = request;
  const wish = file === undefined || request.isStackNamed ? await readWish(context, request) : undefined;
  const planned = await plannedFor(context, request, wish);
  const { after, before, couldNotCheck, findings, plan, source, unjudged, unseen } = planned;
  const permissions: readonly Permission[] = [...(wish?.permissions ?? []), ...allowed];
  const now = new Date();
  const cost = after && reportedCost(before, after, now);
  const bugs = request.since === undefined ? undefined : await reportedBugs(context, request.since, after);
  const gate = judgeGate({
    wish: planned.wish,
    plan: plan?.changes ?? [],
    permissions,
    limit,
    findings: findings ?? [],
    unjudged,
    couldNotCheck: [
      ...couldNotCheck,
      ...(cost?.budget?.status === "unknown" ? [`the budget: ${cost.budget.missing}`] : []),
    ],
    overBudget: cost?.budget?.status === "over" ? cost.budget.message : undefined,
    now,
  });
  const objectives = before === undefined || after === undefined ? [] : objectiveChanges(before, after);
  const said = { source, limit, wish: planned.wish, plan, findings, objectives, cost, bugs, unseen, gate };
  return previewReport({ stack: pageName(request), ...said });
}

async function reportedBugs(
  context: CommandContext,
  since: string,
  topology: ResolvedTopology | undefined,
): Promise<ReportedBugs> {
  const { bugsSince } = await import("../known-bugs/bugs-since.ts");
  const { brings, stays, takes } = await bugsSince(context, { since, topology });
  const textsOf = (changes: typeof brings): string[] => changes.map(({ text }) => text);
  return { since, brings: textsOf(brings), takes: textsOf(takes), stays: stays.length };
}

async function plannedFor(
  context: CommandContext,
  { against, plan: file }: PreviewRequest,
  wish: Wish | undefined,
): Promise<PlannedPreview> {
  if (file !== undefined) {
    const { planFromFile } = await import("./plan-from-file.ts");
    return planFromFile(file, wish);
  }
  if (wish === undefined) throw new RangeError("without a file there is a stack");
  if (against !== undefined) {
    const { compareWithRef } = await import("./compare-with-ref.ts");
    return compareWithRef(context, wish, against);
  }
  const { planByEngine } = await import("./plan-by-engine.ts");
  return planByEngine(context, wish);
}
