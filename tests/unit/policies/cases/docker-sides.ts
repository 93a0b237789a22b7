import type { PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";
import { type DockerChange, dockerStack, withProps } from "./docker-stack.ts";

/** A side of a requirement of a whole topology. */
export interface DockerSide {
  readonly why: string;
  readonly change: DockerChange;
  readonly says: RegExp;
  /** Part of the topology; the primary unless told. */
  readonly at?: string;
  readonly also?: readonly string[];
}

/** A requirement of a whole topology on Docker: each side is the good stack with a change. */
export function ofDocker(
  id: string,
  sides: readonly DockerSide[],
  { good = {}, unknown = NO_FILES }: { readonly good?: DockerChange; readonly unknown?: DockerChange | null } = {},
): PlanCase {
  return {
    id,
    good: dockerStack(good),
    bad: sides.map(({ also = [], at = "primary", change, says, why }) => ({
      why,
      resources: dockerStack(change),
      says,
      also,
      at: `t-${at}`,
    })),
    ...(unknown !== null && { unknown: dockerStack(unknown) }),
  };
}

/** No file of any server is known yet. */
const NO_FILES: DockerChange = {
  props: { primary: { uploads: UNKNOWN_TEXT }, "replica-a": { uploads: UNKNOWN_TEXT } },
};

/** The pooler's files are not known yet. */
export const NO_POOLER_FILES: DockerChange = { props: { pooler: { uploads: UNKNOWN_TEXT } } };

/** The same containers of somebody else, without a label of this project. */
export function foreign(resources: readonly SentResource[]): SentResource[] {
  return resources.map((one) => withProps(one, { labels: undefined, image: "postgres:17" }));
}
