import { supportedMajors, versionSupport } from "../limits/postgresql-versions.ts";
import { type Major, MAJORS } from "../parameters/server-settings.ts";
import type { Target } from "../spec.ts";
import { type Feature, feature, featureOfValues, type Support, SUPPORTED, unsupported } from "./feature.ts";

function ofVersion(target: Target, major: Major): Support {
  const version = versionSupport(target, major);
  return version.supported
    ? SUPPORTED
    : unsupported(version.reason, `set version to ${supportedMajors(target).join(" or ")}`);
}

/** What servers are, where they stand and what they store on. */
export const SERVER_FEATURES: readonly Feature[] = [
  ...MAJORS.toReversed().map((major) =>
    featureOfValues(`postgresql-${major}`, `PostgreSQL ${major}`, "version", [major], {
      docker: ofVersion("docker", major),
      gcp: ofVersion("gcp", major),
    }),
  ),
  feature("edition", "edition", ["edition"], {
    docker: unsupported("editions are Cloud SQL's: PostgreSQL in a container has all there is"),
    gcp: SUPPORTED,
  }),
  feature("region", "region", ["region"], {
    docker: unsupported("everything runs on this machine's Docker engine"),
    gcp: SUPPORTED,
  }),
  feature("named-tier", "machine by the cloud's name", ["size.tier"], {
    docker: unsupported(
      "a container is given processors and memory; machines with names are the cloud's",
      "set size.cpus and size.memoryGiB",
    ),
    gcp: SUPPORTED,
  }),
  feature("disk-size", "disk size and growth limit", ["storage.diskGiB", "storage.maxDiskGiB"], {
    docker: unsupported("a Docker volume has no size: it takes what the engine's disk has"),
    gcp: SUPPORTED,
  }),
  feature("disk-type", "kind of disk", ["storage.diskType"], {
    docker: unsupported("a volume lies on the disk that the engine has"),
    gcp: SUPPORTED,
  }),
  feature("slot-wal-limit", "limit of the WAL kept for a replica", ["storage.maxSlotWalKeepMiB"], {
    docker: SUPPORTED,
    gcp: unsupported("the platform owns the slots of its replicas, and decides what they keep"),
  }),
  feature("high-availability", "standby that takes over by itself", ["highAvailability"], {
    docker: unsupported("one Docker engine is one place of failure: a standby on it is lost with it", "use replicas"),
    gcp: SUPPORTED,
  }),
  featureOfValues("read-replica", "replica that is read from", "replicas.*.purpose", ["read"], {
    docker: SUPPORTED,
    gcp: SUPPORTED,
  }),
  featureOfValues(
    "disaster-recovery-replica",
    "replica in another region that takes over",
    "replicas.*.purpose",
    ["disaster-recovery"],
    { docker: unsupported("all containers stand on one machine, and are lost together"), gcp: SUPPORTED },
  ),
  feature("replica-region", "region of a replica", ["replicas.*.region"], {
    docker: unsupported("everything runs on this machine's Docker engine"),
    gcp: SUPPORTED,
  }),
  feature("replica-size", "size of a replica", ["replicas.*.size"], {
    docker: unsupported("every server of the topology gets the same", "set size"),
    gcp: SUPPORTED,
  }),
  feature("replica-delay", "replica that stays behind on purpose", ["replicas.*.delaySeconds"], {
    docker: unsupported("not built: no replica is told to wait before it applies what it has received"),
    gcp: unsupported("not built: no replica is told to wait before it applies what it has received"),
  }),
  feature("read-pool", "read pool: several nodes behind one address", [], {
    docker: unsupported("a product of Cloud SQL; the readers' pool of PgBouncer spreads over replicas"),
    gcp: unsupported("not built: replicas by name, each with an address of its own, are"),
  }),
  feature("published-ports", "ports on this machine", ["ports", "replicas.*.port"], {
    docker: SUPPORTED,
    gcp: unsupported("nothing is published: instances have private addresses, and PostgreSQL's own port"),
  }),
];
