import type { Environment } from "../../../requirements/floors.ts";
import type { SentResource } from "./policy-rpc.ts";

/** One side on which a requirement can be broken. */
export interface BrokenSide {
  /** What is wrong, in a few words. */
  readonly why: string;
  readonly resources: readonly SentResource[];
  /** Where · got · want, as the requirement says it. */
  readonly says: RegExp;
  /** Name of the resource that it is told of; the first one unless told. */
  readonly at?: string;
  /** Other requirements that the same thing breaks. */
  readonly also?: readonly string[];
}

/** A requirement as it is judged on planned resources, by the engine's own way. */
export interface PlanCase {
  readonly id: string;
  /** It passes on these: it does not merely have nothing to say. */
  readonly good: readonly SentResource[];
  readonly bad: readonly BrokenSide[];
  /** As good, with what it needs not known yet; absent where it needs nothing that can be unknown. */
  readonly unknown?: readonly SentResource[];
  /** Production unless told. */
  readonly environment?: Environment;
  /** What else the pack is told. */
  readonly settings?: object;
}
