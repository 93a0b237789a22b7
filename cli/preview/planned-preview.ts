import type { GateFinding } from "../../preview/gate.ts";
import type { LabelledPlan } from "../../preview/label-plan.ts";
import type { Change } from "../../topology/change.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";

/** What is known of a change before it is judged, wherever it was learnt. */
export interface PlannedPreview {
  /** Where it is from, in words. */
  readonly source: string;
  readonly wish: readonly Change[];
  /** `undefined` where no engine was asked. */
  readonly plan: LabelledPlan | undefined;
  /** `undefined` where no policy was asked. */
  readonly findings: readonly GateFinding[] | undefined;
  /** What the last finished update was for; `undefined` where there was none, or nobody knows. */
  readonly before: ResolvedTopology | undefined;
  /** What is wished; `undefined` for somebody else's program. */
  readonly after: ResolvedTopology | undefined;
  /** What could not be seen, and is not counted against it. */
  readonly unseen: readonly string[];
  /** What the judgement depends on and could not be seen: nothing is green with it. */
  readonly couldNotCheck: readonly string[];
  /** What ids of permissions begin with that can't be judged here. */
  readonly unjudged: readonly string[];
}
