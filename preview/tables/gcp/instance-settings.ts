import {
  exchanged,
  otherFlag,
  SERVER_EFFECTS,
  ACCESS_EFFECTS,
  UNKNOWN_FLAG,
} from "../../../topology/change/gcp-effects.ts";
import { INSTANCE_RESOURCE, UNSAID } from "../../../topology/change/gcp-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { labelOfCloudSqlFlag } from "../../../topology/parameters/cloud-sql-flags.ts";
import { MAJORS } from "../../../topology/parameters/server-settings.ts";
import type { PropertyRule } from "../../resource-table.ts";
import { INSTANCE_PAGE } from "./sources.ts";
import { counted, each, fieldOf, loosened, numberOf, oneOf, present, switched } from "./value-rules.ts";

const { inPlace: IN_PLACE } = SERVER_EFFECTS;

const MAY_RESTART: Effect = {
  label: "restart",
  what: "servers may restart: no page says what becomes of them",
  source: UNSAID,
};

const NOT_POSTGRES: Effect = {
  label: "restart",
  what: "it is for MySQL or SQL Server, whose servers may restart for it",
  source: UNSAID,
};

const FLAG = oneOf(
  [UNKNOWN_FLAG, { label: "reload", what: "servers read it while they run", source: INSTANCE_RESOURCE }],
  ({ from, to, name, next }) => {
    const text = fieldOf(next, "databaseVersion");
    const major = MAJORS.find((known) => text === `POSTGRES_${known}`);
    const label = major && labelOfCloudSqlFlag(major, name);
    // What the build fixes is no flag: the cloud refuses it.
    if (major === undefined || (label !== "restart" && label !== "reload")) return undefined;
    return otherFlag(major, { name, from: fieldOf(from, "value"), to: fieldOf(to, "value") }, true);
  },
);

const EDITION = oneOf([SERVER_EFFECTS.betterEdition, SERVER_EFFECTS.cheaperEdition], ({ to }) => {
  if (to === "ENTERPRISE_PLUS") return SERVER_EFFECTS.betterEdition;
  return to === "ENTERPRISE" ? SERVER_EFFECTS.cheaperEdition : undefined;
});

const TIER = oneOf([exchanged("the server", false), exchanged("the server", true)], ({ to, next }) =>
  typeof to === "string"
    ? exchanged("the server", fieldOf(next, "settings", "edition") === "ENTERPRISE_PLUS")
    : undefined,
);

const GROWS: Effect = { label: "none", what: "the disk grows, and servers go on", source: INSTANCE_RESOURCE };
const STAYS: Effect = {
  label: "none",
  what: "the disk stays as large as it is: it can't shrink",
  source: INSTANCE_RESOURCE,
};

/** A disk that may not grow by itself is made anew when it has to be smaller. */
const DISK = oneOf([GROWS, STAYS, SERVER_EFFECTS.replaced], ({ from, to, next }) => {
  if (to === undefined || to === null) return STAYS;
  const [before, after] = [numberOf(from), numberOf(to)];
  if (before === undefined || after === undefined) return undefined;
  if (after >= before) return GROWS;
  return fieldOf(next, "settings", "diskAutoresize") === false ? SERVER_EFFECTS.replaced : STAYS;
});

/** 0 is no limit. */
const LIMIT = oneOf([SERVER_EFFECTS.diskMayGrow, SERVER_EFFECTS.diskMayNotGrow], ({ from, to }) => {
  const [before, after] = [numberOf(from ?? 0), numberOf(to ?? 0)];
  if (before === undefined || after === undefined) return undefined;
  return (after || Infinity) > (before || Infinity) ? SERVER_EFFECTS.diskMayGrow : SERVER_EFFECTS.diskMayNotGrow;
});

const STOPPED: Effect = {
  label: "restart",
  what: "the server is stopped, and nobody reaches it until it is started again",
  source: INSTANCE_PAGE,
};

const WEAKER: Effect = {
  label: "none",
  exposure: true,
  what: "passwords that were refused are taken from then on",
  source: INSTANCE_PAGE,
};
const STRONGER: Effect = {
  label: "none",
  what: "new passwords have to be better; those that are there stay",
  source: INSTANCE_PAGE,
};
const PASSWORDS = "settings.passwordValidationPolicy";
const INSIGHTS = "settings.insightsConfig";

const LONGER_QUERIES: Effect = {
  label: "restart",
  what: "the server restarts to keep queries of another length",
  source: INSTANCE_PAGE,
};

/** Where no queries are kept, their length is nothing. */
const QUERY_LENGTH = oneOf([LONGER_QUERIES, SERVER_EFFECTS.insights], ({ next }) =>
  fieldOf(next, "settings", "insightsConfig", "queryInsightsEnabled") === true
    ? LONGER_QUERIES
    : SERVER_EFFECTS.insights,
);

/** What an instance is made of, and how it runs. */
export const INSTANCE_SETTINGS: Readonly<Record<string, PropertyRule>> = {
  "settings.databaseFlags.<name>": FLAG,
  "settings.tier": TIER,
  "settings.edition": EDITION,
  "settings.availabilityType": loosened(["REGIONAL", "ZONAL"], "ZONAL", {
    looser: SERVER_EFFECTS.standbyGoes,
    stricter: SERVER_EFFECTS.standbyComes,
  }),
  "settings.activationPolicy": loosened(["ALWAYS", "ON_DEMAND", "NEVER"], "ALWAYS", {
    looser: STOPPED,
    stricter: { label: "none", what: "the server is started", source: INSTANCE_PAGE },
  }),
  "settings.diskSize": DISK,
  "settings.diskAutoresize": switched(
    true,
    { ...GROWS, what: "the disk grows by itself when it is nearly full" },
    { ...GROWS, what: "the disk no longer grows by itself: the server stops when it is full" },
  ),
  "settings.diskAutoresizeLimit": LIMIT,
  "settings.diskType": SERVER_EFFECTS.otherDisk,
  ...each(["settings.dataDiskProvisionedIops", "settings.dataDiskProvisionedThroughput"], {
    ...MAY_RESTART,
    what: "the disk gets another speed; servers may restart",
  }),
  "settings.dataCacheConfig": {
    ...MAY_RESTART,
    what: "the server gets a cache on a local disk, or loses it, and may restart",
  },
  "settings.connectionPoolConfigs": ACCESS_EFFECTS.pooling,
  "settings.locationPreference": {
    ...MAY_RESTART,
    what: "the server, or its standby, moves to another zone: sessions may end",
  },
  "settings.replicationLagMaxSeconds": present(
    {
      label: "rebuild",
      what: "a replica that stays further behind than that makes itself anew",
      source: INSTANCE_PAGE,
    },
    {
      label: "rebuild",
      what: "a replica that stays further behind than that makes itself anew",
      source: INSTANCE_PAGE,
    },
    { label: "none", what: "a replica that is behind no longer makes itself anew", source: INSTANCE_PAGE },
  ),
  "settings.readPoolAutoScaleConfig": {
    ...MAY_RESTART,
    what: "replicas may leave the pool, and the sessions on them end",
  },
  [`${INSIGHTS}.queryStringLength`]: QUERY_LENGTH,
  ...each(
    [
      "queryInsightsEnabled",
      "enhancedQueryInsightsEnabled",
      "queryPlansPerMinute",
      "recordApplicationTags",
      "recordClientAddress",
    ].map((field) => `${INSIGHTS}.${field}`),
    SERVER_EFFECTS.insights,
  ),
  [`${PASSWORDS}.enablePasswordPolicy`]: switched(false, STRONGER, WEAKER),
  [`${PASSWORDS}.disallowUsernameSubstring`]: switched(false, STRONGER, WEAKER),
  [`${PASSWORDS}.minLength`]: counted(0, STRONGER, WEAKER),
  [`${PASSWORDS}.reuseInterval`]: counted(0, STRONGER, WEAKER),
  [`${PASSWORDS}.complexity`]: loosened(["COMPLEXITY_DEFAULT", "COMPLEXITY_UNSPECIFIED"], "COMPLEXITY_UNSPECIFIED", {
    looser: WEAKER,
    stricter: STRONGER,
  }),
  [`${PASSWORDS}.passwordChangeInterval`]: present(STRONGER, STRONGER, WEAKER),
  ...each(
    [
      "maintenanceWindow",
      "denyMaintenancePeriod",
      "userLabels",
      "version",
      "pricingPlan",
      "effectiveAvailabilityType",
    ].map((field) => `settings.${field}`),
    IN_PLACE,
  ),
  "settings.collation": SERVER_EFFECTS.replaced,
  ...each(
    [
      "activeDirectoryConfig",
      "advancedMachineFeatures",
      "autoUpgradeEnabled",
      "entraidConfig",
      "performanceCaptureConfig",
      "sqlServerAuditConfig",
      "timeZone",
    ].map((field) => `settings.${field}`),
    NOT_POSTGRES,
  ),
};
