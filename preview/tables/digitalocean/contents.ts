import { POOL_COMES, POOL_GOES, POOL_MADE_ANEW, reachChanges } from "../../../topology/change/digitalocean-effects.ts";
import { DATABASE_RESOURCE, TRUSTED_SOURCES, USER_RESOURCE } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { notConfirmed } from "../../../topology/limits/limit.ts";
import type { PlannedStep } from "../../planned-step.ts";
import type { ResourceTable } from "../../resource-table.ts";
import { textOf } from "../edited-values.ts";
import { trustsMore } from "./openness.ts";
import { exposed, opensWhere, rowsOf } from "./rows.ts";

const DROPPED: Effect = {
  label: "data loss",
  what: "the database is dropped with its rows",
  source: DATABASE_RESOURCE,
};
const DATABASE_MADE_ANEW: Effect = {
  ...DROPPED,
  what: "an empty database is made, and the old one is dropped with its rows",
};

/** A database in a cluster. */
export const DATABASE: ResourceTable = {
  properties: rowsOf(["name", "clusterId"], DATABASE_MADE_ANEW),
  unlisted: "data loss",
  created: { label: "none", what: "an empty database is made beside the others", source: DATABASE_RESOURCE },
  deleted: DROPPED,
  replaced: DATABASE_MADE_ANEW,
};

const USER_ANEW: Effect = {
  label: "restart",
  what: "the user is removed, and another one made with another password: clients that log in as it fail until they have it",
  source: USER_RESOURCE,
};

function userGoes({ old }: PlannedStep): Effect {
  return old?.retainOnDelete === true
    ? { label: "none", what: "the user stays, and can still log in", source: USER_RESOURCE }
    : { ...USER_ANEW, what: "the user is removed: clients that log in as it fail" };
}

/** Who logs in to a cluster. */
export const USER: ResourceTable = {
  properties: {
    ...rowsOf(["name", "clusterId"], USER_ANEW),
    mysqlAuthPlugin: {
      ...USER_ANEW,
      exposure: true,
      what: "the platform makes another password, and clients log in another way: by the old plugin, one that is easier to guess",
    },
    settings: {
      label: "none",
      exposure: true,
      what: "the user may read or write other topics or indices",
      source: USER_RESOURCE,
    },
  },
  unlisted: "restart",
  created: { label: "none", what: "a user is made; the others go on", source: USER_RESOURCE },
  deleted: userGoes,
  replaced: USER_ANEW,
};

/** A pool of connections. */
export const POOL: ResourceTable = {
  properties: rowsOf(["name", "clusterId", "mode", "size", "dbName", "user"], POOL_MADE_ANEW),
  unlisted: "restart",
  created: POOL_COMES,
  deleted: POOL_GOES,
  replaced: POOL_MADE_ANEW,
};

const REACHED = reachChanges("the databases", TRUSTED_SOURCES, false);
const OPENED = reachChanges("the databases", TRUSTED_SOURCES, true);
const NO_LIST = exposed(OPENED, "the list is emptied: whoever has a password reaches the databases, from anywhere");

/** Of one that Pulumi only forgets, nothing changes. */
function listGoes({ old }: PlannedStep): Effect {
  return old?.retainOnDelete === true
    ? { ...REACHED, what: "the list stays as it is, and goes with its cluster" }
    : NO_LIST;
}

/** Who may connect to a cluster: its trusted sources. */
export const TRUSTED: ResourceTable = {
  properties: {
    // Of which cluster: what becomes of the list that was, the resource as a whole tells.
    clusterId: REACHED,
    rules: opensWhere(({ from, to }) => trustsMore(from, to), REACHED, OPENED),
  },
  unlisted: "none",
  created: { ...REACHED, what: "from then on, only who is listed reaches the databases" },
  deleted: listGoes,
  // The old list is emptied after the new one is written: where they are of one cluster, it ends empty.
  replaced: (step) => (listGoes(step) === NO_LIST ? NO_LIST : REACHED),
};

const MIGRATION = notConfirmed(
  "https://docs.digitalocean.com/products/databases/postgresql/how-to/migrate/",
  "not read there; the worst that is plausible is taken",
);
const COPIED_OVER: Effect = {
  label: "data loss",
  what: "the databases of another server are copied into the cluster: what has the same name there may be written over",
  source: MIGRATION,
};
const NO_TLS = exposed(COPIED_OVER, "the data is copied without TLS: whoever is on the way can read it");

/** A migration from another server into a cluster. */
export const ONLINE_MIGRATION: ResourceTable = {
  properties: {
    ...rowsOf(["clusterId", "ignoreDbs"], COPIED_OVER),
    source: COPIED_OVER,
    disableSsl: opensWhere(({ to }) => textOf(to) === "true", COPIED_OVER, NO_TLS),
  },
  unlisted: "data loss",
  created: COPIED_OVER,
  deleted: { label: "none", what: "what was copied stays, and nothing more is copied", source: MIGRATION },
  replaced: COPIED_OVER,
};
