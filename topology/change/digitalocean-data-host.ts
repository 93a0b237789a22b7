import { labelOfParameter } from "../parameters/change-effect.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import { bucketGoes, HOST_MADE_ANEW, HOST_RESIZED, VOLUME_GROWS, VOLUME_SHRINKS } from "./digitalocean-effects.ts";
import { BUCKET_RESOURCE, DROPLET_RESOURCE, VOLUME_RESOURCE } from "./digitalocean-sources.ts";
import { descends, type Edit, type Effect, grows, type OwnSource, type Rules } from "./rule.ts";

const POSTGRESQL_CONF: OwnSource = { file: "rendering/postgresql-conf.ts" };
const PGBOUNCER: OwnSource = { file: "rendering/pgbouncer-ini.ts" };
const PGBACKREST: OwnSource = { file: "rendering/pgbackrest-conf.ts" };
const ACCOUNTS: OwnSource = { file: "roles/plan-accounts.ts" };

/** From the safest to the oldest. */
const TLS_VERSIONS = ["TLSv1.3", "TLSv1.2"];

const NEW_ROLE: Effect = {
  label: "none",
  what: "a role of the new name is made; the old one stays, and can still log in",
  source: ACCOUNTS,
};

const POOLER_RELOADS: Effect = {
  label: "reload",
  what: "the data host's pooler takes it at once; sessions go on",
  source: PGBOUNCER,
};

/** Who is trusted by the cluster goes with it: without a data host it is the whole VPC. */
function hostComesOrGoes({ to, old }: Edit<ResolvedDigitalOcean>): Effect {
  if (to !== undefined) {
    return {
      label: "none",
      what: "a Droplet with its volume is made beside the cluster, which then trusts it in place of the VPC",
      source: DROPLET_RESOURCE,
    };
  }
  return {
    label: old.keepData ? "replace" : "data loss",
    exposure: true,
    what: `the data host goes, and its volume and bucket ${old.keepData ? "stay, unused and paid for" : "are deleted"}; the cluster then trusts the whole VPC`,
    source: VOLUME_RESOURCE,
  };
}

/** The name is the same, and taken as long as the old one is there: it is kept with the backups in it. */
function bucket({ from, to, old }: Edit<ResolvedDigitalOcean>): Effect {
  if (from === undefined)
    return { label: "none", what: "a bucket is made for backups, WAL and exports", source: BUCKET_RESOURCE };
  if (to === undefined) return bucketGoes(old.keepData);
  return {
    label: "data loss",
    what: "the bucket there would have the name of the one that is there already, with its backups in it",
    instead: "leave backup.location as it is, and copy the bucket's objects by other means",
    source: BUCKET_RESOURCE,
  };
}

function parameter({ name, next }: Edit<ResolvedDigitalOcean>): Effect {
  const label = labelOfParameter(next.version, name) ?? "restart";
  return {
    label,
    what: label === "reload" ? "the data database takes it at once" : "the data database restarts to take it",
    source: POSTGRESQL_CONF,
  };
}

/** The server's parameters and its pooler's file, which `pgt` delivers over SSH. */
const SERVER: Rules<ResolvedDigitalOcean> = {
  "dataHost.server.name": { follows: "name" },
  "dataHost.server.version": {
    label: "replace",
    what: "a server of another major can't open the volume: the data has to be dumped and restored",
    source: POSTGRESQL_CONF,
  },
  "dataHost.server.database": {
    label: "replace",
    what: "an empty database is made beside the old one, which stays: applications no longer reach its rows",
    source: { file: "roles/plan-objects.ts" },
  },
  "dataHost.server.roles.administrator": NEW_ROLE,
  "dataHost.server.roles.owner": NEW_ROLE,
  "dataHost.server.roles.readWrite": NEW_ROLE,
  "dataHost.server.roles.readOnly": NEW_ROLE,
  "dataHost.server.roles.replication": NEW_ROLE,
  "dataHost.server.roles.monitoring": NEW_ROLE,
  "dataHost.server.roles.pooler": NEW_ROLE,
  "dataHost.server.size.memoryMiB": { follows: "dataHost.slug" },
  "dataHost.server.size.cpus": { follows: "dataHost.slug" },
  "dataHost.server.primary.key": HOST_MADE_ANEW,
  "dataHost.server.primary.part": HOST_MADE_ANEW,
  "dataHost.server.primary.port": {
    label: "restart",
    what: "the data database restarts, and is reached on the other port only",
    source: POSTGRESQL_CONF,
  },
  "dataHost.server.replicas": {
    label: "rebuild",
    what: "replicas of the data database are made, or go",
    source: { file: "topology/resolve-digitalocean.ts" },
  },
  "dataHost.server.parameters.<name>": parameter,
  "dataHost.server.tls.minProtocolVersion": (edit) => {
    const lowered = descends(edit, TLS_VERSIONS);
    return {
      label: "reload",
      exposure: lowered,
      what: `the data host's server and pooler ${lowered ? "accept" : "refuse"} clients with an older TLS from then on`,
      source: POSTGRESQL_CONF,
    };
  },
};

const POOLING: Rules<ResolvedDigitalOcean> = {
  "dataHost.server.pooling": { follows: "pooling" },
  "dataHost.server.pooling.port": {
    label: "restart",
    what: "the data host's pooler restarts, and is reached on the other port only",
    source: PGBOUNCER,
  },
  "dataHost.server.pooling.mode": { follows: "pooling.mode" },
  "dataHost.server.pooling.writerPool": { follows: "dataHost.server.database" },
  "dataHost.server.pooling.writerPoolSize": { follows: "pooling.writerPoolSize" },
  "dataHost.server.pooling.readerPool": { follows: "dataHost.server.database" },
  "dataHost.server.pooling.readerPoolSize": POOLER_RELOADS,
  "dataHost.server.pooling.maxClients": POOLER_RELOADS,
  "dataHost.server.pooling.maxPreparedStatements": POOLER_RELOADS,
};

const BACKUP: Rules<ResolvedDigitalOcean> = {
  "dataHost.bucketRegion": bucket,
  "dataHost.server.backup": { follows: "backup" },
  "dataHost.server.backup.schedule": { follows: "backup.schedule" },
  "dataHost.server.backup.retentionDays": { follows: "backup.retentionDays" },
  "dataHost.server.backup.archiveTimeoutSeconds": {
    label: "reload",
    what: "the data database goes on, and archives what was written after that time",
    source: POSTGRESQL_CONF,
  },
  "dataHost.server.backup.repository.type": {
    label: "replace",
    what: "backups begin anew in another repository, which has none of those that were made",
    source: PGBACKREST,
  },
  "dataHost.server.backup.repository.region": { follows: "dataHost.bucketRegion" },
};

/** The Droplet, its volume and bucket, and what runs on it. */
export const DIGITALOCEAN_DATA_HOST: Rules<ResolvedDigitalOcean> = {
  dataHost: hostComesOrGoes,
  "dataHost.slug": HOST_RESIZED,
  "dataHost.diskGiB": (edit) => (grows(edit) ? VOLUME_GROWS : VOLUME_SHRINKS),
  ...SERVER,
  ...POOLING,
  ...BACKUP,
};
