import { ACCESS_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PropertyRule, ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { PAGES } from "./sources.ts";
import { each, loosened, switched } from "./value-rules.ts";

const { newRevision: NEW_REVISION, serviceGoes: SERVICE_GOES } = ACCESS_EFFECTS;

const WIDER: Effect = {
  label: "none",
  exposure: true,
  what: "requests come in that were refused before; servers go on",
  source: PAGES.run,
};
const NARROWER: Effect = { ...WIDER, exposure: false, what: "fewer requests come in; servers go on" };

const NEXT_RUN: Effect = {
  label: "none",
  what: "the job runs in another way the next time; servers go on",
  source: PAGES.run,
};

const OF_ALL = [
  "annotations",
  "binaryAuthorization",
  "client",
  "clientVersion",
  "labels",
  "launchStage",
  "location",
  "name",
  "project",
];

const INGRESS = [
  "INGRESS_TRAFFIC_NONE",
  "INGRESS_TRAFFIC_INTERNAL_ONLY",
  "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
  "INGRESS_TRAFFIC_ALL",
];

const DOORS: Readonly<Record<string, PropertyRule>> = {
  ingress: loosened(INGRESS, "INGRESS_TRAFFIC_ALL", { looser: WIDER, stricter: NARROWER }),
  invokerIamDisabled: switched(false, WIDER, NARROWER),
  iapEnabled: switched(false, NARROWER, WIDER),
  defaultUriDisabled: switched(false, NARROWER, WIDER),
};

/** What runs in front of the database: it starts anew, and the database does not. */
export const RUN_TABLES: ResourceTables = {
  "gcp:cloudrunv2/service:Service": around({
    changed: NEW_REVISION,
    fields: [
      ...OF_ALL,
      "buildConfig",
      "customAudiences",
      "description",
      "multiRegionSettings",
      "scaling",
      "tags",
      "template",
      "traffics",
    ],
    properties: DOORS,
    created: NEW_REVISION,
    deleted: SERVICE_GOES,
    replaced: { ...NEW_REVISION, what: "another service is made, and the old one is removed; servers go on" },
  }),
  "gcp:cloudrunv2/job:Job": around({
    changed: NEXT_RUN,
    fields: [...OF_ALL, "runExecutionToken", "startExecutionToken", "tags", "template"],
    deleted: { ...NEXT_RUN, what: "the job no longer runs; servers go on" },
  }),
  "gcp:cloudrunv2/workerPool:WorkerPool": around({
    changed: NEW_REVISION,
    fields: [...OF_ALL, "customAudiences", "description", "instanceSplits", "scaling", "template"],
    created: NEW_REVISION,
    deleted: SERVICE_GOES,
  }),
  "gcp:cloudrun/service:Service": around({
    changed: NEW_REVISION,
    fields: ["autogenerateRevisionName", "location", "name", "project", "template", "traffics"],
    // Its ingress is an annotation.
    properties: each(["metadata"], {
      ...NEW_REVISION,
      exposure: true,
      what: "the service changes, and perhaps who may send requests to it; servers go on",
    }),
    created: NEW_REVISION,
    deleted: SERVICE_GOES,
  }),
};
