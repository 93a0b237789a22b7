import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import { ipv4Range, isWithinRange } from "../validate/ipv4-range.ts";
import { madeAnew } from "./digitalocean-cluster.ts";
import { databaseChanges, POOL_COMES, POOL_GOES, POOL_MADE_ANEW, reachChanges } from "./digitalocean-effects.ts";
import {
  DROPLET_RESOURCE,
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

function vpcMadeAnew(edit: Edit<ResolvedDigitalOcean>): Effect {
  return { ...madeAnew("no cluster and no Droplet leaves its VPC")(edit), source: VPC_RESOURCE };
}

/** Whether a list of ranges has addresses that another one lacks. */
function hasMore(to: unknown, from: unknown): boolean {
  const [next, old] = [to, from].map((list) => ((list ?? []) as readonly string[]).map(ipv4Range));
  return (next ?? []).some((range) => !(old ?? []).some((other) => isWithinRange(range, other)));
}

function sourcesChange(what: string, source: Effect["source"]): (edit: Edit<ResolvedDigitalOcean>) => Effect {
  return ({ from, to }) => reachChanges(what, source, hasMore(to, from));
}

/** How servers are reached, and as whom. */
export const DIGITALOCEAN_ACCESS: Rules<ResolvedDigitalOcean> = {
  database: ({ old }) => databaseChanges(old.keepData),
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
  pooling: ({ to }) => (to === undefined ? POOL_GOES : POOL_COMES),
  "pooling.mode": POOL_MADE_ANEW,
  "pooling.writerPool": { follows: "database" },
  "pooling.writerPoolSize": POOL_MADE_ANEW,
};
