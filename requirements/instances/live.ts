import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Difference } from "../facts/difference.ts";
import type { InstanceFacts } from "../facts/instances.ts";
import { isKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { fail, known, none, notApplicable, verdict } from "../verdict.ts";
import type { Floors } from "../floors.ts";
import { eachInstance } from "./each-instance.ts";
import { instanceExposure } from "./exposure.ts";
import { instanceOperation } from "./operation.ts";
import { instanceSurvival } from "./survival.ts";

const LIVE = ["live"] as const;
const API = "https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances";

/** The state in which an instance serves. */
const SERVING = "RUNNABLE";

/** What only the cloud can tell. */
export const liveInstances: readonly Requirement<"instances">[] = [
  {
    id: "instances/running",
    topic: "instances",
    severity: "critical",
    title: "Every instance is there, and serves",
    why: "A creation that failed half-way leaves no instance, or one that Pulumi's state does not know.",
    fix: "Run `pgt up`; where the cloud has an instance that the state lacks, import it or remove it first.",
    docs: API,
    witnesses: LIVE,
    references: ["X2"],
    check: (facts) =>
      eachInstance(facts, ["state"], ({ state }) =>
        verdict(
          state === SERVING,
          state === "absent" ? "it is not there, want it made" : `got ${state}, want ${SERVING}`,
        ),
      ),
  },
  {
    id: "instances/as-asked",
    topic: "instances",
    severity: "high",
    title: "Every setting of an instance is the one that was asked for",
    why: "An update can succeed and change nothing: a version of the provider lost nested settings on their way without a word.",
    fix: "Run `pulumi refresh` and `pgt up`; when it stays so, look for the provider's version in docs/cursed-knowledge.md.",
    docs: "https://github.com/pulumi/pulumi-gcp/issues/3970",
    witnesses: LIVE,
    references: ["X2", "X10"],
    check: (facts, floors) =>
      eachInstance(facts, ["differences"], ({ differences }, instance) =>
        asAsked(differences.filter(({ name }) => !isToldElsewhere(name, instance, floors))),
      ),
  },
  {
    id: "instances/flags-as-asked",
    topic: "instances",
    severity: "high",
    title: "The flags of an instance are those that were asked for, and no others",
    why: "A flag set by hand in a bad night stays for years, and differs between the environments.",
    fix: "Ask for it by `parameters`, or run `pgt up` to undo it; some flags restart the server.",
    docs: `${CLOUD_SQL_DOCS}/flags`,
    witnesses: LIVE,
    references: ["X2"],
    check: (facts) => eachInstance(facts, ["flagDifferences"], ({ flagDifferences }) => asAsked(flagDifferences)),
  },
  {
    id: "instances/replicas-follow-primary",
    topic: "instances",
    severity: "critical",
    title: "Every replica follows the primary",
    why: "A replica that was promoted by hand is a second primary: what is written to one is not on the other.",
    fix: "Find out which of both has the newer rows; then make the replica anew with `pgt up`.",
    docs: `${CLOUD_SQL_DOCS}/replication`,
    witnesses: LIVE,
    references: ["S1.3"],
    check: (facts) =>
      eachInstance(facts, ["follows"], ({ follows }, { role }) => {
        if (role === "primary")
          return verdict(follows === undefined, `got a replica of ${follows ?? ""}, want a primary`);
        return verdict(follows === "primary", `got ${follows ?? "an instance that follows nobody"}, want primary`);
      }),
  },
  {
    id: "instances/disaster-recovery-designated",
    topic: "instances",
    severity: "high",
    title: "A replica in another region is designated to take over",
    why: "Only a designated replica can be switched to without loss, and failed over to with an endpoint that follows.",
    fix: "Run `pgt up` again: the cloud takes a designation only once both instances run.",
    docs: `${CLOUD_SQL_DOCS}/use-advanced-disaster-recovery`,
    witnesses: LIVE,
    references: ["X4", "X8"],
    check: (facts) =>
      known(facts, ["instances", "designated"], ({ instances, designated }) => designation(instances, designated)),
  },
];

/** Settings of which another requirement says, for some floors, what they must be. */
const TOLD_BY: Readonly<Record<string, Requirement["id"]>> = {
  availability: "instances/highly-available",
  backupsOutlive: "instances/backups-outlive-instance",
  certificateAuthority: "instances/names-in-certificates",
  deletionProtected: "instances/deletion-protected",
  finalBackupDays: "instances/backups-outlive-instance",
  logDays: "instances/point-in-time",
  maintenance: "instances/maintenance-window",
  queryInsights: "instances/query-insights",
  sslMode: "instances/encrypted-only",
};
const TELLING = [...instanceExposure, ...instanceSurvival, ...instanceOperation];

/** One breakage has one name: what fails a requirement of its own is no second failure here. */
function isToldElsewhere(name: string, instance: InstanceFacts, floors: Floors): boolean {
  const other = TELLING.find(({ id }) => id === TOLD_BY[name]);
  return other?.check({ instances: [instance], designated: undefined }, floors).status === "fail";
}

function asAsked(differences: readonly Difference[]): Verdict {
  return none(
    differences.map(({ got, name, want }) => `${name} got ${got}, want ${want}`),
    "not as asked",
  );
}

/** A wish that is not fulfilled yet is a failure as soon as it could be: not while its replica is being made. */
function designation(instances: readonly InstanceFacts[], designated: string | undefined): Verdict {
  const wished = instances.filter(({ role }) => role === "disaster-recovery");
  if (wished.length === 0) return notApplicable("no replica is for disaster recovery");
  const parts = wished.map(({ part }) => part);
  if (designated !== undefined && parts.includes(designated)) return { status: "pass" };
  const primary = instances.find(({ role }) => role === "primary");
  if (primary?.edition === "ENTERPRISE") return notApplicable("edition ENTERPRISE designates no replica");
  const waiting = wished.find(({ state }) => !isKnown(state) || state !== SERVING);
  if (waiting !== undefined) {
    return notApplicable(`${waiting.part} does not serve yet, which instances/running judges`);
  }
  return fail(`primary: got ${designated ?? "no designated replica yet"}, want ${parts.join(" or ")}`);
}
