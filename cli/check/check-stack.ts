import { disasterRecovery } from "../../components/gcp/disaster-recovery.ts";
import { DISASTER_RECOVERY_KEY, PROJECT, SUFFIX_KEY } from "../../config/keys.ts";
import { type ConnectionBudget, connectionBudget } from "../../topology/connection-budget.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { CommandContext } from "../context.ts";
import { projectOf } from "../stack/cloud-values.ts";
import { type ListedResource, listResources, type StandIns } from "../stack/list-resources.ts";
import type { StackOptions } from "../stack/place.ts";
import { readWish, type Wish } from "../stack/read-wish.ts";

/** What a check found: the shape of `pgt check --json`, which stays as it is. */
export interface CheckedStack {
  readonly stack: string;
  /** The file that was read. */
  readonly source: string;
  /** With every default filled. */
  readonly topology: ResolvedTopology;
  readonly connections: ConnectionBudget;
  readonly resources: readonly ListedResource[];
  /** What a second phase of `pgt up` has to do, in words. */
  readonly pending: readonly string[];
}

/** Reads, fills, judges and plans a stack without asking anybody. @throws {PgtError} exit code 2, with every mistake */
export async function checkStack(context: CommandContext, options: StackOptions): Promise<CheckedStack> {
  const wish = await readWish(context, options);
  const { place, topology } = wish;
  const values = stackValues(wish);
  return {
    stack: place.stack,
    source: place.sourceFile,
    topology,
    connections: connectionBudget(topology),
    resources: await listResources(topology, values),
    pending:
      topology.target === "gcp" ? disasterRecovery(topology, writtenText(wish, DISASTER_RECOVERY_KEY)).pending : [],
  };
}

/** A new stack has no suffix yet: `pgt up` makes it. The resources are those of the last phase. */
function stackValues(wish: Wish): StandIns {
  const { configuration, place, topology } = wish;
  return {
    project: topology.target === "gcp" ? projectOf(configuration, place) : "",
    suffix: writtenText(wish, SUFFIX_KEY) ?? "xxxx",
    designatedReplica:
      topology.target === "gcp"
        ? topology.replicas.find(({ purpose }) => purpose === "disaster-recovery")?.key
        : undefined,
  };
}

function writtenText({ configuration }: Wish, key: string): string | undefined {
  const value = configuration[`${PROJECT}:${key}`];
  return typeof value === "string" ? value : undefined;
}
