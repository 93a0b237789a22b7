import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Requirement } from "../requirement.ts";
import { none, notApplicable, verdict } from "../verdict.ts";
import { eachInstance } from "./each-instance.ts";

const PLAN = ["plan"] as const;
const PROVIDER = "https://www.pulumi.com/registry/packages/gcp/api-docs/sql/databaseinstance/";
const OPTIONS = "https://www.pulumi.com/docs/iac/concepts/resources/options";

/** What an update, a replacement or a removal of an instance does to its data. */
export const instanceLifecycle: readonly Requirement<"instances">[] = [
  {
    id: "instances/no-restore-left-in",
    topic: "instances",
    severity: "critical",
    title: "No restore is left in the program",
    why: "A restore is carried out by the update that finds it, over the data that are there; `clone` does nothing after the creation, and says it did.",
    fix: "Restore into a new instance, and remove the block; a drill's stack waives this.",
    docs: `${CLOUD_SQL_DOCS}/backup-recovery/restore`,
    witnesses: PLAN,
    check: (facts) =>
      eachInstance(facts, ["restores"], ({ restores }) => none(restores, "want no restore in an instance, got")),
  },
  {
    id: "instances/provider-refuses-removal",
    topic: "instances",
    severity: "high",
    title: "The provider refuses to remove an instance, too",
    why: "It is asked before the cloud is: a removal that it refuses stops before anything else is removed.",
    fix: "Remove `deletionProtection: false`, or set `deletionPolicy` to PREVENT.",
    docs: `${PROVIDER}#deletionprotection_nodejs`,
    witnesses: PLAN,
    references: ["CIS GCP 6.9 (5.0)", "PAC"],
    check: (facts, { environment, wantsDeletionProtection }) =>
      eachInstance(facts, ["guarded"], ({ guarded }) => {
        if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
        return verdict(guarded, "got deletionProtection false, want true");
      }),
  },
  {
    id: "instances/not-removed-first",
    topic: "instances",
    severity: "high",
    title: "A replacement does not remove an instance before there is another",
    why: "The data go with the first, and the second begins empty.",
    fix: "Remove the option `deleteBeforeReplace`.",
    docs: `${OPTIONS}/deletebeforereplace/`,
    witnesses: PLAN,
    check: (facts) =>
      eachInstance(facts, ["removedFirst"], ({ removedFirst }) =>
        verdict(!removedFirst, "got deleteBeforeReplace, want it off"),
      ),
  },
  {
    id: "instances/grown-disk-left-alone",
    topic: "instances",
    severity: "medium",
    title: "A disk that has grown is not asked to shrink",
    why: "A disk can't shrink: some versions of the provider replace the instance for it.",
    fix: 'Set the option `ignoreChanges: ["settings.diskSize"]`, or remove `settings.diskSize`.',
    docs: `${OPTIONS}/ignorechanges/`,
    witnesses: PLAN,
    check: (facts) =>
      eachInstance(facts, ["diskGrows", "diskGiB", "diskSizeIgnored"], ({ diskGiB, diskGrows, diskSizeIgnored }) => {
        if (!diskGrows || diskGiB === undefined) return notApplicable("no size is asked for, or it does not grow");
        return verdict(diskSizeIgnored, `got ${diskGiB} GiB at every update, want its changes ignored`);
      }),
  },
  {
    id: "instances/replica-has-time",
    topic: "instances",
    severity: "low",
    title: "A replica has time to be made",
    why: "All of the data are copied first; a creation that is given up leaves an instance that the state knows nothing of.",
    fix: "Set the option `customTimeouts.create` of the replica, as in 6h.",
    docs: `${OPTIONS}/customtimeouts/`,
    witnesses: PLAN,
    check: (facts, { minReplicaCreateSeconds }) =>
      eachInstance(facts, ["createSeconds"], ({ createSeconds }, { role }) => {
        if (role === "primary") return notApplicable("a primary begins empty");
        return verdict(
          (createSeconds ?? 0) >= minReplicaCreateSeconds,
          `got ${createSeconds === undefined ? "the provider's own time" : `${createSeconds} s`}, want ${minReplicaCreateSeconds} s or more`,
        );
      }),
  },
];
