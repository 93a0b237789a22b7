import { type Affected, KNOWN_AS_OF, type ProviderBug } from "./bug.ts";
import { applies, appliesIf, neverSet, onDigitalOcean } from "./detect.ts";

/** The resources as upstream has them, which the Pulumi provider is made from. */
export const DIGITALOCEAN_SOURCE =
  "https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean";
/** What was read in the source of the version that this project pins, and has no known fix. */
export const SEEN_IN_DIGITALOCEAN: Affected = { seenIn: "4.80.1", unfixedAsOf: KNOWN_AS_OF };
export const DIGITALOCEAN_TRAPS = { file: "tests/unit/components/digitalocean/traps.test.ts" };

const FIREWALL = `${DIGITALOCEAN_SOURCE}/database/resource_database_firewall.go` as const;
const POOL = `${DIGITALOCEAN_SOURCE}/database/resource_database_connection_pool.go` as const;
const CONFIG = `${DIGITALOCEAN_SOURCE}/database/resource_database_postgres_config.go` as const;

const hasPool = onDigitalOcean(({ pooling }) =>
  appliesIf(pooling !== undefined, { yes: "there is a pool", no: "there is no pool" }),
);

/** Who reaches a managed cluster, and its pools and parameters. */
export const DIGITALOCEAN_ACCESS: readonly ProviderBug[] = [
  {
    id: "do-firewall-emptied",
    traps: [26],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "the removal of a DatabaseFirewall empties the cluster's list, also after its renamed successor was made",
    consequence: "the cluster takes whoever has a password, from anywhere",
    detect: onDigitalOcean(() => applies("every managed server has a list")),
    workaround: {
      inPlace: true,
      what: "a list is never removed: it goes with its server",
      file: "components/digitalocean/trusted-sources.ts",
    },
    noticedBy: { file: "tests/e2e/clouds/digitalocean-sources.test.ts" },
    source: FIREWALL,
  },
  {
    id: "do-two-firewalls-fight",
    traps: [26],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "two DatabaseFirewalls of one cluster overwrite each other's list",
    consequence: "who may connect depends on the order of updates",
    detect: onDigitalOcean(() => applies("every managed server has a list")),
    workaround: {
      inPlace: true,
      what: "there is one list for each server",
      file: "components/digitalocean/trusted-sources.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: FIREWALL,
  },
  {
    id: "do-replica-id-is-no-server",
    traps: [28],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "the id of a DatabaseReplica is no server's: its uuid is",
    consequence: "a list by the id is refused, or the replica stays open",
    detect: onDigitalOcean(({ replicas }) =>
      appliesIf(replicas.length > 0, { yes: "there are replicas", no: "there is no replica" }),
    ),
    workaround: {
      inPlace: true,
      what: "a replica's list is by its uuid",
      file: "components/digitalocean/trusted-sources.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: `${DIGITALOCEAN_SOURCE}/database/resource_database_replica.go`,
  },
  {
    id: "do-pool-made-anew",
    traps: [29],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "every change of a DatabaseConnectionPool makes it anew, its size too",
    consequence: "the new pool's name is taken, or its connections do not fit beside the old one's",
    detect: hasPool,
    workaround: {
      inPlace: true,
      what: "the old pool goes first, under a fixed name; the change is told as a restart",
      file: "components/digitalocean/databases.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: POOL,
  },
  {
    id: "do-pool-does-not-wait",
    traps: [29],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "user and database of a pool are plain text: it does not wait for them",
    consequence: "a first creation fails",
    detect: hasPool,
    workaround: {
      inPlace: true,
      what: "the pool takes both from the resources",
      file: "components/digitalocean/databases.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: POOL,
  },
  {
    id: "do-pgbouncers-panics",
    traps: [31],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "the provider panics over the block pgbouncers of DatabasePostgresqlConfig",
    consequence: "the update ends with a crash of the plugin",
    detect: neverSet("pgbouncers"),
    workaround: { inPlace: true, what: "it is never set", file: "components/digitalocean/server-config-args.ts" },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: CONFIG,
  },
  {
    id: "do-zero-not-sent",
    traps: [32],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "a parameter with the value zero is not sent",
    consequence: "the server keeps what it has, and the update says that all is well",
    detect: onDigitalOcean(({ parameters, backup }) =>
      appliesIf(Object.keys(parameters).length > 0 || backup !== undefined, {
        yes: "parameters or a time of backups are set",
        no: "no parameter is set",
      }),
    ),
    workaround: {
      inPlace: true,
      what: "a parameter with zero is refused, and a zero in the time of backups left to the platform",
      file: "components/digitalocean/server-config-args.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: CONFIG,
  },
  {
    id: "do-parameter-kept-on-removal",
    traps: [32],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "a parameter that is no longer written keeps its value on the server",
    consequence: "what the program says and what servers do differ, unseen",
    detect: onDigitalOcean(({ parameters }) =>
      appliesIf(Object.keys(parameters).length > 0, { yes: "parameters are set", no: "no parameter is set" }),
    ),
    workaround: {
      inPlace: true,
      what: "the change says that servers keep the value: write the default instead of leaving it out",
      file: "topology/change/digitalocean-cluster.ts",
    },
    noticedBy: { file: "tests/unit/topology/change/digitalocean.test.ts" },
    source: CONFIG,
  },
];
