import { Missing } from "../known.ts";
import type { ContainersFacts } from "./containers.ts";
import type { FactsByTopic } from "./facts-by-topic.ts";
import type { NetworkFacts } from "./network.ts";

// Topics that a target does not have: every requirement of them is not applicable there, with this reason.

const ON_DOCKER = not("the stack is on Docker");
const ON_CLOUD_SQL = not("the stack is on Cloud SQL");
const ON_DIGITALOCEAN = not("the stack is on DigitalOcean");
const MANAGED = not("the server is DigitalOcean's to run");
const SELF_RUN = not("the server is the stack's own");

/** Of a stack that has no second database whose logins could be tried. */
export const ONE_DATABASE = not("the stack has one database");

/** What Docker's network has not. */
export const NO_VPC = { firewallRules: ON_DOCKER, subnets: ON_DOCKER };

const NO_EXPORT = not("no data host exports this database");
/** Of a database that no data host exports. */
export const WITHOUT_EXPORTS = { lastExport: NO_EXPORT, lastExportCheck: NO_EXPORT } as const;

/** The topics of clouds, for a stack on Docker. */
export const NOT_ON_DOCKER = {
  ...digitalOcean(ON_DOCKER),
  ...aroundACloud(ON_DOCKER),
  bucket: bucket(ON_DOCKER),
  instances: { instances: ON_DOCKER, designated: ON_DOCKER },
  places: places(ON_DOCKER),
  connections: { opening: ON_DOCKER, sharing: ON_DOCKER },
};

/** The topics of Docker and of other clouds, for a stack on Cloud SQL. */
export const NOT_ON_GCP = { ...digitalOcean(ON_CLOUD_SQL), ...containers(ON_CLOUD_SQL) };

const NOT_ON_DIGITALOCEAN = {
  ...containers(ON_DIGITALOCEAN),
  ...aroundACloud(ON_DIGITALOCEAN),
  instances: { instances: ON_DIGITALOCEAN, designated: ON_DIGITALOCEAN },
};

/** What the managed primary on DigitalOcean has not. */
export const NOT_ON_A_CLUSTER = {
  ...NOT_ON_DIGITALOCEAN,
  bucket: bucket(MANAGED),
  host: digitalOcean(MANAGED).host,
};

/** What the data database beside it has not. */
export const NOT_ON_THE_DATA_HOST = {
  ...NOT_ON_DIGITALOCEAN,
  clusters: digitalOcean(SELF_RUN).clusters,
  places: places(SELF_RUN),
  connections: { opening: SELF_RUN, sharing: SELF_RUN },
};

function digitalOcean(reason: Missing): Pick<FactsByTopic, "clusters" | "host"> {
  return {
    clusters: { servers: reason, machines: reason, listsElsewhere: reason, exported: reason },
    host: {
      state: reason,
      machines: reason,
      firewalls: reason,
      volumes: reason,
      differences: reason,
      inboundDifferences: reason,
    },
  };
}

function containers(reason: Missing): { readonly containers: ContainersFacts; readonly network: NetworkFacts } {
  return {
    containers: { containers: reason, managedMajors: reason, unplanned: reason, shownSecrets: reason },
    network: { ports: reason, wishedAddresses: reason, firewallRules: reason, subnets: reason },
  };
}

function bucket(reason: Missing): FactsByTopic["bucket"] {
  return { buckets: reason, grants: reason };
}

/** What stands around a database in a cloud. */
function aroundACloud(
  reason: Missing,
): Pick<FactsByTopic, "alerts" | "identities" | "lifecycle" | "secrets" | "services" | "stack" | "users"> {
  return {
    alerts: { servers: reason, databases: reason, buckets: reason, alerts: reason },
    identities: { accounts: reason, userKeys: reason, projectGrants: reason },
    lifecycle: { guarded: reason, copied: reason },
    secrets: {
      secrets: reason,
      grants: reason,
      keys: reason,
      keyGrants: reason,
      databaseRegions: reason,
      firstBootTexts: reason,
    },
    services: { services: reason, grants: reason, demand: reason },
    stack: { outputs: reason, placed: reason, allowedRegions: reason, owned: reason },
    users: { users: reason },
  };
}

function places(reason: Missing): FactsByTopic["places"] {
  return {
    primary: reason,
    readReplicas: reason,
    service: reason,
    disasterRecovery: reason,
    secondCopy: reason,
    keys: reason,
    backups: reason,
  };
}

function not(reason: string): Missing {
  return new Missing("not-applicable", reason);
}
