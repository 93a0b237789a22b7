import type { CopiedServer, GuardedResource, LifecycleFacts } from "../../../requirements/facts/lifecycle.ts";
import { type Fact, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { GCP_TYPES } from "../gcp/resource-types.ts";
import { type PlannedResource, text } from "../planned-resource.ts";

const DO_REPLICA = "digitalocean:index/databaseReplica:DatabaseReplica";

/** Why a thing is not judged here. */
const BY_INSTANCES = "instances/not-removed-first judges it";
const BY_CLUSTERS = "clusters/removal-refused judges it";
const BY_HOST = "host/volume-removal-refused judges it";
const BY_BUCKET = "bucket/removal-refused judges it";
const BY_OPTION = "a volume stays by the option retainOnDelete, which no policy is shown";

interface Stateful {
  readonly what: string;
  /** The rule that refuses its removal, where this one does not. */
  readonly elsewhere?: string;
  /** The rule about the order of a replacement, where it is not the one here. */
  readonly orderElsewhere?: string;
}

/** What data would be lost with, in words. */
const STATEFUL: Readonly<Record<string, Stateful>> = {
  [GCP_TYPES.instance]: { what: "Cloud SQL instance", orderElsewhere: BY_INSTANCES },
  [GCP_TYPES.database]: { what: "database" },
  [GCP_TYPES.bucket]: { what: "bucket" },
  [GCP_TYPES.key]: { what: "key" },
  "digitalocean:index/databaseCluster:DatabaseCluster": { what: "database cluster", elsewhere: BY_CLUSTERS },
  "digitalocean:index/volume:Volume": { what: "volume", elsewhere: BY_HOST },
  "digitalocean:index/spacesBucket:SpacesBucket": { what: "bucket", elsewhere: BY_BUCKET },
  "docker:index/volume:Volume": { what: "volume", elsewhere: BY_OPTION },
};

/** Types that {@link lifecycleFacts} come from. */
export const LIFECYCLE_TYPES: readonly string[] = [...Object.keys(STATEFUL), DO_REPLICA];

/** What an update may do to what holds data, of every provider. */
export function lifecycleFacts(resources: readonly PlannedResource[]): LifecycleFacts {
  return {
    guarded: resources.flatMap((resource) => guarded(resource)),
    // instances/replica-has-time has those of Cloud SQL.
    copied: resources.filter(({ type }) => type === DO_REPLICA).map(copied),
  };
}

function guarded(resource: PlannedResource): GuardedResource[] {
  const kind = STATEFUL[resource.type];
  if (kind === undefined) return [];
  return [
    {
      name: resource.name,
      what: kind.what,
      protected: kind.elsewhere === undefined ? isProtected(resource) : new Missing("not-applicable", kind.elsewhere),
      removedFirst:
        kind.orderElsewhere === undefined
          ? (resource.deleteBeforeReplace ?? UNKNOWN)
          : new Missing("not-applicable", kind.orderElsewhere),
    },
  ];
}

/** By Pulumi, or by the provider's own word for it: PREVENT refuses, ABANDON leaves the thing where it is. */
function isProtected({ props, protect }: PlannedResource): Fact<boolean> {
  if (protect === true) return true;
  const policy = text(props, "deletionPolicy");
  if (policy === "PREVENT" || policy === "ABANDON") return true;
  return protect === undefined || policy === UNKNOWN ? UNKNOWN : false;
}

function copied({ name, timeouts }: PlannedResource): CopiedServer {
  return { name, createSeconds: timeouts?.create ?? UNKNOWN };
}
