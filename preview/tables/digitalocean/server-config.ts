import { BACKUP_TIME, clusterParameterChanges } from "../../../topology/change/digitalocean-effects.ts";
import { CONFIG_RESOURCE } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { labelOfParameter } from "../../../topology/parameters/change-effect.ts";
import {
  CLUSTER_PARAMETERS,
  CLUSTER_PARAMETERS_PROVENANCE,
} from "../../../topology/parameters/digitalocean-parameters.ts";
import { clusterProperty } from "../../../topology/parameters/digitalocean-values.ts";
import { type Major, MAJORS } from "../../../topology/parameters/server-settings.ts";
import { worst } from "../../../topology/change-label.ts";
import type { PropertyRule, ResourceTable } from "../../resource-table.ts";
import { numberOf, textOf } from "../edited-values.ts";
import { rowsOf } from "./rows.ts";

/** The resource does not say of which major its cluster is: of two that differ, the worse. */
function worstMajor(name: string): Major {
  const labels = MAJORS.map((major) => labelOfParameter(major, name) ?? "restart");
  return MAJORS[labels.indexOf(worst(labels))] ?? 17;
}

/** A parameter's own label; where it is taken away, the servers keep what they have. */
function parameter(name: string): PropertyRule {
  const major = worstMajor(name);
  const changed = clusterParameterChanges(major, name, { from: undefined, to: 1 });
  const lowered = clusterParameterChanges(major, name, { from: 2, to: 1 });
  return {
    by: ({ from, to }) => {
      if (to === undefined || to === null) return clusterParameterChanges(major, name, { from, to: undefined });
      return (numberOf(to) ?? 0) < (numberOf(from) ?? 0) ? lowered : changed;
    },
    worst: lowered.label === "restart" ? lowered : changed,
  };
}

const ELSEWHERE: Effect = {
  label: "restart",
  what: "the parameters are those of another cluster; the one that they were of keeps them",
  source: CONFIG_RESOURCE,
};

/** What the provider forgets, and no server. */
const KEPT: Effect = {
  label: "none",
  what: "the servers keep their values: the provider only forgets them",
  source: CONFIG_RESOURCE,
};

/** The provider falls over the first, and extensions take the second at a start. */
const BLOCKS: Effect = { label: "restart", what: "servers or poolers may restart to take it", source: CONFIG_RESOURCE };

const parameters = Object.keys(CLUSTER_PARAMETERS).map((name): [string, PropertyRule] => [
  clusterProperty(name),
  parameter(name),
]);

/** The parameters of a PostgreSQL cluster, and the time of its backups. */
export const POSTGRESQL_CONFIG: ResourceTable = {
  properties: {
    ...Object.fromEntries(parameters),
    clusterId: ELSEWHERE,
    backupHour: BACKUP_TIME,
    backupMinute: BACKUP_TIME,
    pgbouncers: BLOCKS,
    timescaledbs: BLOCKS,
  },
  unlisted: "restart",
  created: {
    label: "restart",
    what: "the parameters that it sets reach servers that are there: some of them restart them",
    source: CLUSTER_PARAMETERS_PROVENANCE,
  },
  deleted: KEPT,
  replaced: ELSEWHERE,
};

/** Parameters of PostgreSQL under their own names, whatever they are. */
const ANY_PARAMETER: PropertyRule = {
  by: ({ from, name, to }) => {
    const known = Object.hasOwn(CLUSTER_PARAMETERS, name) || MAJORS.some((major) => labelOfParameter(major, name));
    return known ? clusterParameterChanges(worstMajor(name), name, { from: textOf(from), to }) : undefined;
  },
  worst: { label: "rebuild", what: "nobody has said what it takes", source: CLUSTER_PARAMETERS_PROVENANCE },
};

/** The same, for a newer kind of cluster. */
export const ADVANCED_POSTGRESQL_CONFIG: ResourceTable = {
  ...POSTGRESQL_CONFIG,
  named: { pgParameters: "*" },
  properties: { clusterId: ELSEWHERE, "pgParameters.<name>": ANY_PARAMETER },
};

/** Parameters of other engines: nobody here knows which of them restart a server. */
export const OTHER_CONFIG: ResourceTable = {
  ...POSTGRESQL_CONFIG,
  properties: { clusterId: ELSEWHERE, ...rowsOf(["backupHour", "backupMinute"], BACKUP_TIME) },
};
