import { PROJECT_RESOURCE } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { readAt } from "../../../topology/limits/limit.ts";
import type { KnownEdit, PropertyRule, ResourceTable } from "../../resource-table.ts";
import { listOf, objectOf, textOf } from "../edited-values.ts";
import { exposed, rowsOf } from "./rows.ts";

const PROVIDER = "https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean" as const;
const READ = "2026-08-06";
const KEY_RESOURCE = readAt(`${PROVIDER}/sshkey/resource_ssh_key.go`, READ);
const TAG_RESOURCE = readAt(`${PROVIDER}/tag/resource_tag.go`, READ);
const CERTIFICATE_RESOURCE = readAt(`${PROVIDER}/certificate/resource_certificate.go`, READ);
const ALERT_RESOURCE = readAt(`${PROVIDER}/monitoring/resource_monitor_alert.go`, READ);
const UPTIME_RESOURCE = readAt(`${PROVIDER}/uptime/resource_uptime_alert.go`, READ);
const LOGSINK_RESOURCE = readAt(`${PROVIDER}/database/resource_database_logsink_rsyslog.go`, READ);
const APP_RESOURCE = readAt(`${PROVIDER}/app/resource_app.go`, READ);

/** A resource beside databases, of which every change means the same to them. */
function sameTable(names: readonly string[], effect: Effect, others: Partial<ResourceTable> = {}): ResourceTable {
  return {
    properties: rowsOf(names, effect),
    unlisted: "none",
    created: effect,
    deleted: effect,
    replaced: effect,
    ...others,
  };
}

const LISTED: Effect = {
  label: "none",
  what: "things are listed in another way; servers go on",
  source: PROJECT_RESOURCE,
};

export const PROJECT = sameTable(["name", "description", "environment", "isDefault", "purpose", "resources"], LISTED);
export const PROJECT_RESOURCES = sameTable(["project", "resources"], LISTED);

/** A key is put on machines that are made from then on. */
export const SSH_KEY = sameTable(["name", "publicKey"], {
  label: "none",
  what: "machines that are there keep the keys that they were made with",
  source: KEY_RESOURCE,
});

const TAG_GOES: Effect = {
  label: "none",
  what: "what has the tag loses it: firewalls that guard machines by it, or let them in, no longer do",
  source: TAG_RESOURCE,
};

export const TAG = sameTable(["name"], exposed(TAG_GOES), {
  created: { ...TAG_GOES, what: "a tag is made, that nothing has yet" },
});

/** Of load balancers and domains, never of a managed database. */
export const CERTIFICATE = sameTable(
  ["name", "type", "domains", "privateKey", "leafCertificate", "certificateChain"],
  {
    label: "restart",
    what: "who comes through what has the certificate is cut off until that has another one; no database has it",
    source: CERTIFICATE_RESOURCE,
  },
  { created: { label: "none", what: "a certificate is made", source: CERTIFICATE_RESOURCE } },
);

const TOLD: Effect = {
  label: "none",
  what: "others are told when something runs out, or for other reasons; servers go on",
  source: ALERT_RESOURCE,
};

export const MONITOR_ALERT = sameTable(
  ["alerts", "compare", "description", "enabled", "entities", "tags", "type", "value", "window"],
  TOLD,
);
export const UPTIME_ALERT = sameTable(
  ["checkId", "comparison", "name", "notifications", "period", "threshold", "type"],
  { ...TOLD, source: UPTIME_RESOURCE },
);
export const UPTIME_CHECK = sameTable(["enabled", "name", "regions", "target", "type"], {
  ...TOLD,
  source: UPTIME_RESOURCE,
});

const SENT: Effect = {
  label: "none",
  exposure: true,
  what: "the servers' log, with statements in it, goes to another place; servers go on",
  source: LOGSINK_RESOURCE,
};

/** Where a cluster sends its log. */
export const LOGSINK_RSYSLOG = sameTable(
  [
    "clusterId",
    "name",
    "server",
    "port",
    "format",
    "logline",
    "structuredData",
    "tls",
    "caCert",
    "clientCert",
    "clientKey",
  ],
  SENT,
  { deleted: { ...SENT, exposure: false, what: "the servers' log is no longer sent there" } },
);

const CLIENT: Effect = {
  label: "none",
  what: "it is a client: it is deployed anew, and servers go on",
  source: APP_RESOURCE,
};
const DEV_LOST: Effect = {
  label: "data loss",
  what: "a development database is part of the application, and goes with its data",
  source: APP_RESOURCE,
};

/** Databases that are the application's own; a managed one is only named. */
function ownDatabases(databases: unknown): readonly string[] {
  return listOf(databases)
    .map(objectOf)
    .filter(({ production }) => textOf(production) !== "true")
    .map(({ name, engine }) => `${textOf(name)} ${textOf(engine)}`);
}

function losesOne({ from, to }: KnownEdit): boolean {
  const left = ownDatabases(to);
  return ownDatabases(from).some((database) => !left.includes(database));
}

const DATABASES: PropertyRule = { by: (edit) => (losesOne(edit) ? DEV_LOST : CLIENT), worst: DEV_LOST };

/** Of an application as a whole: with the databases that are its own. */
const APP_GOES: ResourceTable["deleted"] = ({ old }) => {
  const { databases } = objectOf(old?.inputs.spec);
  return ownDatabases(databases).length > 0 ? DEV_LOST : { ...CLIENT, what: "a client goes; servers go on" };
};

/** An application: a client of a database, with one of its own at times. */
export const APP: ResourceTable = {
  properties: { "spec.databases": DATABASES, ...rowsOf(["projectId", "dedicatedIps", "deploymentPerPage"], CLIENT) },
  unlisted: "none",
  created: CLIENT,
  deleted: APP_GOES,
  replaced: APP_GOES,
};
