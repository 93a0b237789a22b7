import * as pulumi from "@pulumi/pulumi";
import { GcpTopology, type GcpTopologyArgs } from "../../../../components/gcp/gcp-topology.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { CLOUD_ROLE_KEYS, type CloudSecrets } from "../../../../topology/secrets.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { type RecordedResource, type Recording, recordResources } from "../../../support/planned-resources.ts";
import { CLOUD_ANSWERS, INSTANCE, madeByCloud } from "../../../support/pretend-cloud.ts";

/** Cheap: one zone, one replica, no pooler. */
export const STAGING: SpecOf<"gcp"> = {
  target: "gcp",
  environment: "staging",
  region: "europe-west1",
  replicas: { reports: {} },
};

/** Everything: two zones, a replica for reading, one for the loss of the region, the cloud's pooler, 30 days of backups. */
export const PROD: SpecOf<"gcp"> = {
  target: "gcp",
  environment: "prod",
  edition: "enterprise-plus",
  region: "europe-west1",
  database: "shop",
  replicas: { reports: {}, west: { purpose: "disaster-recovery", region: "europe-west4" } },
  backup: { retentionDays: 30, pointInTimeDays: 14, location: "eu" },
  maintenance: { freeze: [{ from: "2027-01-05", to: "2027-01-09" }] },
  observability: { labels: { owner: "payments" } },
};

const SERVICE = { image: `example/app@sha256:${"0b".repeat(32)}` };

/** As {@link STAGING}, with a service that shows tokens. */
export const STAGING_SERVICE: SpecOf<"gcp"> = { ...STAGING, service: SERVICE };

/** As {@link PROD}, with a service and a daily export. */
export const PROD_SERVICE: SpecOf<"gcp"> = {
  ...PROD,
  service: { ...SERVICE, maxInstances: 8, environment: { LOG_LEVEL: "info" } },
  backup: { ...PROD.backup, secondCopy: { location: "europe-north1" } },
};

/** A text that no other value has in it. */
export function secretMarker(role: string): string {
  return `marker-of-${role}-5e1f`;
}

/** What else the program is told. */
export interface PlanOptions {
  readonly preview?: boolean;
  readonly designatedReplica?: string;
  readonly suffix?: string;
}

/** What the component makes of a wish, in stack `staging` or `prod`. */
export function planOf(spec: SpecOf<"gcp">, options: PlanOptions = {}): Promise<Recording<GcpTopology>> {
  const topology = resolveTopology(spec, spec.environment ?? "staging");
  const passwords = Object.fromEntries(CLOUD_ROLE_KEYS.map((role) => [role, pulumi.secret(secretMarker(role))]));
  const args: GcpTopologyArgs = {
    topology,
    secrets: { passwords: passwords as CloudSecrets<pulumi.Output<string>>["passwords"] },
    project: "example",
    suffix: options.suffix ?? "k3x9",
    designatedReplica: options.designatedReplica,
  };
  return recordResources(() => new GcpTopology(topology.name, args), {
    preview: options.preview ?? false,
    madeByCloud,
    answers: CLOUD_ANSWERS,
  });
}

/** Network, servers and their names: what is made before the application's side. */
export function serversOf(resources: readonly RecordedResource[]): readonly RecordedResource[] {
  return resources.filter(({ type }) => isComponent(type) || isServers(type));
}

/** What stands on the servers: database, users, kept connections, the service, and the exports. */
export function applicationOf(resources: readonly RecordedResource[]): readonly RecordedResource[] {
  return resources.filter(({ type }) => isComponent(type) || !isServers(type));
}

function isComponent(type: string): boolean {
  return type.startsWith("pgtopology:");
}

function isServers(type: string): boolean {
  return type === INSTANCE || /^gcp:(compute|dns|servicenetworking)\//.test(type);
}
