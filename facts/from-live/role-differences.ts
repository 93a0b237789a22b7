import type { AccessFacts } from "../../requirements/facts/access.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import { observeCluster, observeDatabase } from "../../roles/observe.ts";
import type { ObservedCluster } from "../../roles/observed.ts";
import { planRoles } from "../../roles/plan.ts";
import type { WantedAccess } from "../../roles/wanted.ts";
import type { LiveSession } from "./live-access.ts";
import { isWorkspace } from "./workspace.ts";

/** What a server has of roles and privileges, compared with the plan. */
export interface RoleDifferences {
  readonly cluster: ObservedCluster;
  readonly missingRoles: readonly string[];
  /** What the plan would undo, one sentence each. */
  readonly unplanned: readonly string[];
  /** What the plan would do, one sentence each. */
  readonly missing: readonly string[];
}

/** Compares by the administrator's session in the application's database. Slots are judged by replication/. */
export async function roleDifferences(session: LiveSession, wanted: WantedAccess): Promise<RoleDifferences> {
  await session.rows("SET search_path = ''");
  const run = (text: string, values: readonly unknown[]): Promise<object[]> => session.rows(text, values);
  const cluster = await observeCluster(run, wanted);
  const application = await observeDatabase(run, wanted);
  // Another verification's schema is gone in a moment.
  const objects = application.objects.filter(({ schema }) => !isWorkspace(schema ?? ""));
  const steps = planRoles({ ...wanted, slots: undefined }, { cluster, application: { ...application, objects } });
  const present = new Set(cluster.roles.map(({ name }) => name));
  return {
    cluster,
    missingRoles: wanted.roles.map(({ name }) => name).filter((name) => !present.has(name)),
    unplanned: steps.filter(({ found }) => found === "unplanned").map(({ summary }) => summary),
    missing: steps.filter(({ found }) => found === "missing").map(({ summary }) => summary),
  };
}

/** The facts that follow; the privileges of a role that is missing are told by its absence. */
export function factsFromDifferences(
  found: Fact<Omit<RoleDifferences, "cluster">>,
): Pick<AccessFacts, "missingRoles" | "unplannedPrivileges" | "missingPrivileges"> {
  if (!isKnown(found)) return { missingRoles: found, unplannedPrivileges: found, missingPrivileges: found };
  return {
    missingRoles: found.missingRoles,
    unplannedPrivileges: found.unplanned,
    missingPrivileges:
      found.missingRoles.length > 0
        ? new Missing("not-applicable", "roles are missing, which access/roles-complete judges")
        : found.missing,
  };
}
