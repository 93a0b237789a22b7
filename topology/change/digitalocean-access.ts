import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import { ipv4Range, isWithinRange } from "../validate/ipv4-range.ts";
import { madeAnew } from "./digitalocean-cluster.ts";
import {
  DATABASE_RESOURCE,
  DROPLET_RESOURCE,
  POOL_RESOURCE,
  PROJECT_RESOURCE,
  TRUSTED_SOURCES,
  USER_RESOURCE,
  VPC_RESOURCE,
} from "./digitalocean-sources.ts";
import type { Edit, Effect, Rules } from "./rule.ts";

const NEW_USER: Effect = {
  label: "none",
  what: "a user of the new name is made; the old one stays, and can still log in",
  source: USER_RESOURCE,
};

/** A pool has no update: it goes before the next one of its name comes. */
const POOL_MADE_ANEW: Effect = {
  label: "restart",
  what: "the pool is deleted and made anew: sessions through it end, and clients find none for some seconds",
  source: POOL_RESOURCE,
};

function vpcMadeAnew(edit: Edit<ResolvedDigitalOcean>): Effect {
  return { ...madeAnew("no cluster and no Droplet leaves its VPC")(edit), source: VPC_RESOURCE };
}

function poolComesOrGoes({ to }: Edit<ResolvedDigitalOcean>): Effect {
  return to === undefined
    ? { ...POOL_MADE_ANEW, what: "the pool is deleted, and sessions through it end for good; servers go on" }
    : { label: "none", what: "a pool is put in front of the primary, which goes on", source: POOL_RESOURCE };
}

/** Whether a list of ranges has addresses that another one lacks. */
function hasMore(to: unknown, from: unknown): boolean {
  const [next, old] = [to, from].map((list) => ((list ?? []) as readonly string[]).map(ipv4Range));
  return (next ?? []).some((range) => !(old ?? []).some((other) => isWithinRange(range, other)));
}

/** What it means that others may connect; sessions that are open are not asked. */
function sourcesChange(what: string, source: Effect["source"]): (edit: Edit<ResolvedDigitalOcean>) => Effect {
  return ({ from, to }) => {
    const opened = hasMore(to, from);
    return {
      label: "none",
      exposure: opened,
      what: opened ? `addresses that could not reach ${what} can from then on` : `fewer addresses reach ${what}`,
      source,
    };
  };
}

/** How servers are reached, and as whom. */
export const DIGITALOCEAN_ACCESS: Rules<ResolvedDigitalOcean> = {
  database: {
    label: "data loss",
    what: "an empty database is made beside the old one, and the application no longer reaches its rows",
    source: DATABASE_RESOURCE,
  },
  "roles.administrator": NEW_USER,
  "roles.owner": NEW_USER,
  "roles.readWrite": NEW_USER,
  "roles.readOnly": NEW_USER,
  "roles.replication": NEW_USER,
  "roles.monitoring": NEW_USER,
  "roles.pooler": NEW_USER,
  project: {
    label: "none",
    what: "everything is listed in the other project; servers go on",
    source: PROJECT_RESOURCE,
  },
  "network.existing": vpcMadeAnew,
  "network.cidr": vpcMadeAnew,
  sources: sourcesChange("the databases", TRUSTED_SOURCES),
  "dataHost.sshSources": sourcesChange("the data host's SSH", DROPLET_RESOURCE),
  // The component ignores it on a machine that is there: it would be made anew.
  "dataHost.sshKeys": ({ from, to }) => ({
    label: "none",
    exposure: ((to ?? []) as readonly string[]).some((key) => !((from ?? []) as readonly string[]).includes(key)),
    what: "the data host keeps the keys that it was made with; one that is made from then on has these",
    source: DROPLET_RESOURCE,
  }),
  pooling: poolComesOrGoes,
  "pooling.mode": POOL_MADE_ANEW,
  "pooling.writerPool": { follows: "database" },
  "pooling.writerPoolSize": POOL_MADE_ANEW,
};
