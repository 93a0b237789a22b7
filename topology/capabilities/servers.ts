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
      digitalocean: ofVersion("digitalocean", major),
    }),
  ),
  feature("edition", "edition", ["edition"], {
    docker: unsupported("editions are Cloud SQL's: PostgreSQL in a container has all there is"),
    gcp: SUPPORTED,
    digitalocean: unsupported("editions are Cloud SQL's"),
  }),
  feature("region", "region", ["region"], {
    docker: unsupported("everything runs on this machine's Docker engine"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("named-tier", "machine by the cloud's name", ["size.tier"], {
    docker: unsupported(
      "a container is given processors and memory; machines with names are the cloud's",
      "set size.cpus and size.memoryGiB",
    ),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("disk-size", "disk size", ["storage.diskGiB"], {
    docker: unsupported("a Docker volume has no size: it takes what the engine's disk has"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("disk-limit", "growth limit of the disk", ["storage.maxDiskGiB"], {
    docker: unsupported("a Docker volume has no size: it takes what the engine's disk has"),
    gcp: SUPPORTED,
    digitalocean: unsupported("a disk there grows without a limit, or not at all", "use storage.autoscale"),
  }),
  feature("disk-autoscale", "disk that grows without a limit", ["storage.autoscale"], {
    docker: unsupported("a Docker volume has no size: it takes what the engine's disk has"),
    gcp: unsupported("a disk there grows up to a limit", "use storage.maxDiskGiB"),
    digitalocean: SUPPORTED,
  }),
  feature("data-database", "data database beside the primary", ["data.database", "data.parameters"], {
    docker: SUPPORTED,
    gcp: unsupported("not built: nothing runs a second PostgreSQL beside Cloud SQL"),
    digitalocean: SUPPORTED,
  }),
  feature("data-size", "size of the data database's server", ["data.size.cpus", "data.size.memoryGiB"], {
    docker: SUPPORTED,
    gcp: unsupported("not built: nothing runs a second PostgreSQL beside Cloud SQL"),
    digitalocean: SUPPORTED,
  }),
  feature("data-host-size", "Droplet and volume of the data database", ["data.size.tier", "data.diskGiB"], {
    docker: unsupported("its containers are given processors and memory, and a volume without a size"),
    gcp: unsupported("not built: nothing runs a second PostgreSQL beside Cloud SQL"),
    digitalocean: SUPPORTED,
  }),
  feature("data-ports", "ports of the data database on this machine", ["data.ports"], {
    docker: SUPPORTED,
    gcp: unsupported("nothing is published"),
    digitalocean: unsupported("nothing is published: the data host listens inside the VPC, on PostgreSQL's own ports"),
  }),
  feature("split-mode", "one switch between one database and two", ["mode"], {
    docker: SUPPORTED,
    gcp: unsupported("not built: nothing runs a second PostgreSQL beside Cloud SQL"),
    digitalocean: SUPPORTED,
  }),
  feature("disk-type", "kind of disk", ["storage.diskType"], {
    docker: unsupported("a volume lies on the disk that the engine has"),
    gcp: SUPPORTED,
    digitalocean: unsupported("the platform decides it"),
  }),
  feature("slot-wal-limit", "limit of the WAL kept for a replica", ["storage.maxSlotWalKeepMiB"], {
    docker: SUPPORTED,
    gcp: unsupported("the platform owns the slots of its replicas, and decides what they keep"),
    digitalocean: SUPPORTED,
  }),
  feature("high-availability", "standby that takes over by itself", ["highAvailability"], {
    docker: unsupported("one Docker engine is one place of failure: a standby on it is lost with it", "use replicas"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  featureOfValues("read-replica", "replica that is read from", "replicas.*.purpose", ["read"], {
    docker: SUPPORTED,
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  featureOfValues(
    "disaster-recovery-replica",
    "replica in another region that takes over",
    "replicas.*.purpose",
    ["disaster-recovery"],
    {
      docker: unsupported("all containers stand on one machine, and are lost together"),
      gcp: SUPPORTED,
      digitalocean: unsupported(
        "a replica can stand in another region, and nothing promotes it: the provider can't",
        "use read",
      ),
    },
  ),
  feature("replica-region", "region of a replica", ["replicas.*.region"], {
    docker: unsupported("everything runs on this machine's Docker engine"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("replica-size", "size of a replica", ["replicas.*.size"], {
    docker: unsupported("every server of the topology gets the same", "set size"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("replica-delay", "replica that stays behind on purpose", ["replicas.*.delaySeconds"], {
    docker: unsupported("not built: no replica is told to wait before it applies what it has received"),
    gcp: unsupported("not built: no replica is told to wait before it applies what it has received"),
    digitalocean: unsupported("not built: no replica is told to wait before it applies what it has received"),
  }),
  feature("read-pool", "read pool: several nodes behind one address", [], {
    docker: unsupported("a product of Cloud SQL; the readers' pool of PgBouncer spreads over replicas"),
    gcp: unsupported("not built: replicas by name, each with an address of its own, are"),
    digitalocean: unsupported("a product of Cloud SQL"),
  }),
  feature("published-ports", "ports on this machine", ["ports", "replicas.*.port"], {
    docker: SUPPORTED,
    gcp: unsupported("nothing is published: instances have private addresses, and PostgreSQL's own port"),
    digitalocean: unsupported("nothing is published: servers have addresses in the VPC, and the platform's ports"),
  }),
];
