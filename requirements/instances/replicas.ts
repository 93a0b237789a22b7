import { INSTANCE_LIMITS } from "../../topology/limits/cloud-sql-instances.ts";
import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import { STANDBY_PARAMETERS } from "../../topology/parameters/standby-order.ts";
import type { InstanceFacts } from "../facts/instances.ts";
import { isKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { absence, every, fail, known, none, notApplicable, verdict } from "../verdict.ts";
import { eachBesidePrimary, eachInstance, followerCounts, instancesAbove, withPrimary } from "./each-instance.ts";

const PLAN = ["plan"] as const;
const REPLICATION = `${CLOUD_SQL_DOCS}/replication`;
const DISASTER = `${CLOUD_SQL_DOCS}/intro-to-cloud-sql-disaster-recovery`;

/** What replicas and their primary have to agree on. */
export const instanceReplicas: readonly Requirement<"instances">[] = [
  {
    id: "instances/replica-count",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "A primary has as many replicas as the environment asks for",
    why: "Without a replica, the loss of one machine is the time of a whole restore.",
    fix: "Add a name under `replicas`, or an instance with this one as its `masterInstanceName`.",
    docs: REPLICATION,
    // replication/replica-count says it of a wish, and live.
    witnesses: PLAN,
    check: (facts, { environment, minReplicas }) =>
      known(facts, ["instances"], ({ instances }) => {
        if (minReplicas === 0) return notApplicable(`${environment} asks for none`);
        const counts = followerCounts(instances);
        const unsure = unknownFollower(instances);
        return every(
          instances.filter(({ role }) => role === "primary"),
          ({ part }) => part,
          (primary) => {
            const own = counts.get(primary) ?? 0;
            if (own < minReplicas && unsure !== undefined) return unsure;
            return verdict(own >= minReplicas, `got ${own} replicas, want ${minReplicas} or more`);
          },
          "there is no primary",
        );
      }),
  },
  {
    id: "instances/replica-flags",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "No replica has less room than its primary",
    why: "A standby with a lower max_connections, or one of its kind, refuses to start or stops replaying.",
    fix: "Set the flag on the replica to the primary's value at least; raise it on the replicas first.",
    docs: "https://www.postgresql.org/docs/17/hot-standby.html#HOT-STANDBY-ADMIN",
    // replication/standby-parameters says it of servers of one's own.
    witnesses: PLAN,
    references: ["S1.2"],
    check: (facts) =>
      eachBesidePrimary(facts, ["flags"], (replica, primary) => {
        const judged = STANDBY_PARAMETERS.map((name) => ({ name, ...roomOf(name, replica.flags, primary.flags) }));
        const below = judged.flatMap(({ problem }) => problem ?? []);
        if (below.length > 0) return fail(`below the primary: ${below.join(", ")}`);
        const unsure = judged.filter(({ isKnown: sure }) => !sure).map(({ name }) => name);
        return unsure.length > 0
          ? { status: "unknown", missing: `${unsure.join(", ")} (set on one of both)` }
          : verdict(true, "");
      }),
  },
  {
    id: "instances/replica-disk",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "A replica's disk can hold what the primary's holds",
    why: "It has all of the primary's data, and stops when its disk is full, however much room the primary has.",
    fix: "Let the replica's disk grow as far as the primary's, or make it as large.",
    docs: REPLICATION,
    witnesses: PLAN,
    check: (facts) =>
      eachBesidePrimary(facts, ["diskGrows", "diskLimitGiB"], (replica, primary, whole) => {
        if (!replica.diskGrows && primary.diskGrows)
          return fail("got a disk that does not grow, want one like the primary's");
        // The size of a disk that grows is the cloud's to choose, and of no matter.
        if (!replica.diskGrows) return isAsLarge(whole.replica, whole.primary);
        const { diskLimitGiB: limit } = replica;
        const isEnough = limit === 0 || (primary.diskLimitGiB > 0 && limit >= primary.diskLimitGiB);
        const want = primary.diskLimitGiB === 0 ? "none" : `${primary.diskLimitGiB} GiB or more`;
        return verdict(isEnough, `got a limit of growth of ${limit} GiB, want ${want} like the primary`);
      }),
  },
  {
    id: "instances/replica-version",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "A replica has its primary's major version",
    why: "The log of one major version can't be replayed by another.",
    fix: "Set `databaseVersion` of both alike; an upgrade of the primary takes its replicas along when told so.",
    docs: REPLICATION,
    witnesses: PLAN,
    check: (facts) =>
      eachBesidePrimary(facts, ["version"], (replica, primary) =>
        verdict(
          replica.version === primary.version,
          `got PostgreSQL ${replica.version}, want ${primary.version} like the primary`,
        ),
      ),
  },
  {
    id: "instances/disaster-recovery-possible",
    topic: "instances",
    severity: "medium",
    joins: true,
    title: "A replica for disaster recovery can take over without loss, and be gone back from",
    why: "A switchover needs ENTERPRISE_PLUS on both sides and the primary's log; without, it is a promotion: one way, and losing what was not sent yet.",
    fix: "Set `settings.edition` of both to ENTERPRISE_PLUS and turn point-in-time recovery on.",
    docs: DISASTER,
    witnesses: PLAN,
    references: ["X4", "X8"],
    check: (facts) =>
      known(facts, ["instances"], ({ instances }) =>
        every(
          instances.filter(({ role }) => role === "disaster-recovery"),
          ({ part }) => part,
          (replica) => withPrimary(replica, instances, (primary) => takesOver(replica, primary)),
          "no replica is for disaster recovery",
        ),
      ),
  },
  {
    id: "instances/primary-known",
    topic: "instances",
    severity: "medium",
    joins: true,
    title: "A replica's primary is in the same stack",
    why: "A primary that is changed elsewhere is changed without a look at its replica.",
    fix: "Move both into one stack, or waive this with the name of who owns the primary.",
    docs: REPLICATION,
    witnesses: PLAN,
    check: (facts) =>
      known(facts, ["instances"], ({ instances }) =>
        every(
          instances.filter(({ role }) => role !== "primary"),
          ({ part }) => part,
          (replica) =>
            known(replica, ["follows"], ({ follows }) =>
              verdict(
                instances.some(({ part }) => part === follows),
                `got the primary ${follows ?? ""}, which is not in this stack, want one that is`,
              ),
            ),
          "there are no replicas",
        ),
      ),
  },
  {
    id: "instances/cascade-depth",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "Replicas of replicas are no deeper than the cloud allows",
    why: "Each level adds its delay, and the cloud refuses the one below the last.",
    fix: "Let the replica follow an instance nearer to the primary.",
    docs: `${CLOUD_SQL_DOCS}/replication/cascading-replicas`,
    witnesses: PLAN,
    references: ["X6"],
    check: (facts) =>
      known(facts, ["instances"], ({ instances }) =>
        every(
          instances.filter(({ role }) => role !== "primary"),
          ({ part }) => part,
          (replica) => {
            const unsure = [replica, ...instancesAbove(replica, instances)].find(({ follows }) => !isKnown(follows));
            if (unsure !== undefined) return absence("follows", unsure.follows);
            const levels = instancesAbove(replica, instances).length + 1;
            const { max } = INSTANCE_LIMITS.replicationLevels.bounds;
            return verdict(levels <= max, `got level ${levels}, want ${max} at most`);
          },
          "there are no replicas",
        ),
      ),
  },
  {
    id: "instances/replica-in-other-zone",
    topic: "instances",
    severity: "low",
    joins: true,
    title: "A replica is not in its primary's zone",
    why: "A zone that fails takes both with it.",
    fix: "Set `settings.locationPreference.zone` to another zone, or leave it to the cloud.",
    docs: `${CLOUD_SQL_DOCS}/locations`,
    witnesses: PLAN,
    check: (facts) =>
      eachBesidePrimary(facts, ["zone"], (replica, primary) => {
        if (replica.zone === undefined || primary.zone === undefined) return notApplicable("the cloud chooses a zone");
        return verdict(replica.zone !== primary.zone, `got ${replica.zone}, want another zone than the primary's`);
      }),
  },
  {
    id: "instances/zones-apart",
    topic: "instances",
    severity: "high",
    title: "A standby is in another zone than its primary",
    why: "A zone that fails takes both with it.",
    fix: "Set `settings.locationPreference.secondaryZone` to another zone, or leave both to the cloud.",
    docs: `${CLOUD_SQL_DOCS}/high-availability`,
    witnesses: PLAN,
    references: ["X4"],
    check: (facts) =>
      eachInstance(facts, ["zone", "standbyZone"], ({ standbyZone, zone }) => {
        if (zone === undefined || standbyZone === undefined) return notApplicable("the cloud chooses a zone");
        return verdict(zone !== standbyZone, `got ${zone} for both, want two zones`);
      }),
  },
  {
    id: "instances/upgrade-takes-replicas",
    topic: "instances",
    severity: "low",
    joins: true,
    title: "An upgrade of the major version takes the replicas along",
    why: "Otherwise they are to be made anew, and there are none until then.",
    fix: "Set `includeReplicasForMajorVersionUpgrade` of the primary to true.",
    docs: `${CLOUD_SQL_DOCS}/upgrade-major-db-version-inplace`,
    witnesses: PLAN,
    check: (facts) =>
      known(facts, ["instances"], ({ instances }) => {
        const counts = followerCounts(instances);
        const unsure = unknownFollower(instances);
        return every(
          instances.filter(({ role }) => role === "primary"),
          ({ part }) => part,
          (primary) => {
            if (!counts.has(primary)) return unsure ?? notApplicable("it has no replicas");
            return known(primary, ["upgradesReplicas"], ({ upgradesReplicas }) =>
              verdict(upgradesReplicas, "got replicas that are left behind, want them upgraded, too"),
            );
          },
          "there is no primary",
        );
      }),
  },
];

/** A replica of which nobody knows yet whom it follows may be anybody's. */
function unknownFollower(instances: readonly InstanceFacts[]): Verdict | undefined {
  const unsure = instances.find(({ follows, role }) => role !== "primary" && !isKnown(follows));
  return unsure && absence(`follows of ${unsure.part}, for the replicas`, unsure.follows);
}

/** A disk whose size is not said is as large as the primary's. */
function isAsLarge(replica: InstanceFacts, primary: InstanceFacts): Verdict {
  return known(primary, ["diskGiB"], ({ diskGiB: want = 0 }) =>
    known(replica, ["diskGiB"], ({ diskGiB: got = want }) =>
      verdict(got >= want, `got ${got} GiB that do not grow, want ${want} GiB or more`),
    ),
  );
}

function takesOver(replica: InstanceFacts, primary: InstanceFacts): Verdict {
  return known(replica, ["edition"], (below) =>
    known(primary, ["edition", "pointInTime"], (above) => {
      const missing = [
        ...(below.edition === "ENTERPRISE_PLUS" ? [] : [`edition ${below.edition}`]),
        ...(above.edition === "ENTERPRISE_PLUS" ? [] : [`a primary in ${above.edition}`]),
        ...(above.pointInTime ? [] : ["a primary without point-in-time recovery"]),
      ];
      return none(missing, "want ENTERPRISE_PLUS and point-in-time recovery, got");
    }),
  );
}

/** What is set on neither is alike, or larger on the replica: Cloud SQL sees to it. */
function roomOf(
  name: string,
  replica: Readonly<Record<string, string>>,
  primary: Readonly<Record<string, string>>,
): { readonly isKnown: boolean; readonly problem?: string } {
  const [own, above] = [replica[name], primary[name]];
  if (own === undefined && above === undefined) return { isKnown: true };
  if (own === undefined || above === undefined) return { isKnown: false };
  if (Number(own) >= Number(above)) return { isKnown: true };
  return { isKnown: true, problem: `${name} got ${own}, want ${above}` };
}
