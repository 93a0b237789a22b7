import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { PAGES } from "./sources.ts";
import { each, present, switched } from "./value-rules.ts";

const OTHERWISE: Effect = { label: "none", what: "it works in another way; servers go on", source: PAGES.timers };
const NO_COPY: Effect = { ...OTHERWISE, exposure: true, what: "what it started, such as exports, no longer happens" };
const UNWATCHED: Effect = {
  label: "none",
  exposure: true,
  what: "nobody is told any more of what it watched",
  source: PAGES.alerts,
};
const WATCHED: Effect = { label: "none", what: "it is watched in another way; servers go on", source: PAGES.alerts };
const UNSEEN: Effect = {
  label: "none",
  exposure: true,
  what: "who did what is no longer written down, or not all of it",
  source: PAGES.logs,
};

/** What starts exports, and what watches. */
export const OPERATION_TABLES: ResourceTables = {
  "gcp:cloudscheduler/job:Job": around({
    changed: OTHERWISE,
    fields: [
      "appEngineHttpTarget",
      "attemptDeadline",
      "description",
      "httpTarget",
      "name",
      "project",
      "pubsubTarget",
      "region",
      "retryConfig",
      "schedule",
      "timeZone",
    ],
    properties: { paused: switched(false, NO_COPY, OTHERWISE) },
    deleted: NO_COPY,
    replaced: OTHERWISE,
  }),
  "gcp:workflows/workflow:Workflow": around({
    changed: OTHERWISE,
    fields: [
      "callLogLevel",
      "cryptoKeyName",
      "description",
      "executionHistoryLevel",
      "labels",
      "name",
      "namePrefix",
      "project",
      "region",
      "serviceAccount",
      "sourceContents",
      "tags",
      "userEnvVars",
    ],
    deleted: NO_COPY,
    replaced: OTHERWISE,
  }),
  "gcp:monitoring/alertPolicy:AlertPolicy": around({
    changed: WATCHED,
    fields: [
      "alertStrategy",
      "combiner",
      "conditions",
      "displayName",
      "documentation",
      "project",
      "severity",
      "userLabels",
    ],
    properties: {
      enabled: switched(true, WATCHED, UNWATCHED),
      notificationChannels: present(WATCHED, WATCHED, UNWATCHED),
    },
    deleted: UNWATCHED,
    replaced: WATCHED,
  }),
  "gcp:monitoring/notificationChannel:NotificationChannel": around({
    changed: WATCHED,
    fields: ["description", "displayName", "forceDelete", "labels", "project", "sensitiveLabels", "type", "userLabels"],
    properties: { enabled: switched(true, WATCHED, UNWATCHED) },
    deleted: UNWATCHED,
    replaced: WATCHED,
  }),
  "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig": around({
    changed: WATCHED,
    fields: [
      "checkerType",
      "contentMatchers",
      "displayName",
      "httpCheck",
      "logCheckFailures",
      "monitoredResource",
      "period",
      "project",
      "resourceGroup",
      "selectedRegions",
      "syntheticMonitor",
      "tcpCheck",
      "timeout",
      "userLabels",
    ],
    deleted: UNWATCHED,
    replaced: WATCHED,
  }),
  "gcp:logging/metric:Metric": around({
    changed: WATCHED,
    fields: [
      "bucketName",
      "bucketOptions",
      "description",
      "disabled",
      "filter",
      "labelExtractors",
      "metricDescriptor",
      "name",
      "project",
      "valueExtractor",
    ],
    deleted: UNWATCHED,
    replaced: WATCHED,
  }),
  "gcp:logging/projectSink:ProjectSink": around({
    changed: UNSEEN,
    fields: [
      "bigqueryOptions",
      "customWriterIdentity",
      "description",
      "destination",
      "disabled",
      "exclusions",
      "filter",
      "name",
      "project",
      "uniqueWriterIdentity",
    ],
    deleted: UNSEEN,
  }),
  "gcp:projects/iAMAuditConfig:IAMAuditConfig": around({
    changed: UNSEEN,
    fields: ["auditLogConfigs", "project", "service"],
    deleted: UNSEEN,
  }),
  "gcp:projects/service:Service": around({
    changed: OTHERWISE,
    fields: ["checkIfServiceHasUsageOnDestroy", "project", "service"],
    properties: each(["disableDependentServices", "disableOnDestroy"], OTHERWISE),
    deleted: {
      ...OTHERWISE,
      label: "restart",
      what: "the cloud's API is turned off, and what needs it stops, unless disableOnDestroy is off",
    },
  }),
};
