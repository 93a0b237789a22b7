import type { FactsByTopic } from "./facts/facts-by-topic.ts";
import type { Environment, Floors } from "./floors.ts";

/** What a requirement is about; also the folder that it lies in. */
export type Topic = keyof FactsByTopic;

/** Where facts come from: the wish, the planned resources, the running topology. */
export type Witness = "spec" | "plan" | "live";

/** How much it matters. Unless a requirement says otherwise, the policy pack stops a deployment on the first two. */
export type Severity = "critical" | "high" | "medium" | "low";

/** What breaking a requirement does to a deployment: it stops it, it is told, or it is judged only where asked for. */
export type Level = "mandatory" | "advisory" | "off";

/** One thing of many that does not hold. */
export interface Finding {
  /** Name of the thing: a part of the topology, or a resource. */
  readonly where: string;
  /** Got · want. */
  readonly message: string;
}

/** What a judge says. */
export type Verdict =
  | { readonly status: "pass" }
  /** `message` says where · got · want, of all `findings` where the requirement is about several things. */
  | { readonly status: "fail"; readonly message: string; readonly findings?: readonly Finding[] }
  /** `missing` names the fact that nobody could find out. */
  | { readonly status: "unknown"; readonly missing: string }
  | { readonly status: "not-applicable"; readonly reason: string };

/** One rule: written once, judged on facts wherever they come from. */
export interface Requirement<T extends Topic = Topic> {
  /** Never reused for another rule. */
  readonly id: `${T}/${string}`;
  readonly topic: T;
  readonly severity: Severity;
  /** Where it is not what the severity says, in every environment or by environment: see `levelOf`. */
  readonly level?: Level | Readonly<Partial<Record<Environment, Level>>>;
  /** On a plan it takes more than the one resource that it is about. */
  readonly joins?: true;
  /** What holds, as a short statement. */
  readonly title: string;
  readonly why: string;
  /** What to do when it does not hold. */
  readonly fix: string;
  /** Page of PostgreSQL, the tool or the cloud that it follows from. */
  readonly docs: string;
  /** Who can know the facts that it needs; it is judged on facts of these only. */
  readonly witnesses: readonly Witness[];
  /** Ids of the same rule elsewhere, and of the numbered list in docs/requirements.md. */
  readonly references?: readonly string[];
  /** Pure and total. What the environment puts up with comes from `floors`, never from a number in a rule. */
  check(facts: FactsByTopic[T], floors: Floors): Verdict;
}
