import {
  DigitalOceanTopology,
  type DigitalOceanTopologyArgs,
} from "../../../../components/digitalocean/digitalocean-topology.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { type Recording, recordResources } from "../../../support/planned-resources.ts";
import { DIGITALOCEAN_ANSWERS, madeByDigitalOcean } from "../../../support/pretend-digitalocean.ts";

/** Cheap: one managed server, and nothing else. */
export const STAGING: SpecOf<"digitalocean"> = { target: "digitalocean", environment: "staging", region: "nyc3" };

/** Everything: a standby, two replicas, one of them far away, a data host, alerts, and a project. */
export const SPLIT: SpecOf<"digitalocean"> = {
  target: "digitalocean",
  environment: "prod",
  region: "nyc3",
  project: "5a7f1d62-0000-4000-8000-00000000d0c5",
  database: "shop",
  size: { tier: "db-s-2vcpu-4gb" },
  storage: { diskGiB: 80 },
  replicas: { reports: {}, far: { region: "ams3", size: { tier: "db-s-4vcpu-8gb" } } },
  data: { database: "archive", diskGiB: 100, size: { tier: "s-2vcpu-4gb" } },
  access: { sources: ["203.0.113.7/32"], ssh: { keys: ["12345"], sources: ["198.51.100.0/24"] } },
  backup: { schedule: "02:30" },
  parameters: { work_mem: "8MB", track_io_timing: "on" },
  observability: { alertEmails: ["ops@example.test"] },
};

/** A cluster's type, as the engine knows it. */
export const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";

/** The type of a resource by its last word. */
export function typeOf(word: string): string {
  return `digitalocean:index/${word.charAt(0).toLowerCase()}${word.slice(1)}:${word}`;
}

/** What else the program is told. */
export interface PlanOptions {
  readonly preview?: boolean;
  readonly suffix?: string;
}

/** What the component makes of a wish, in stack `staging` or `split`. */
export function planOf(
  spec: SpecOf<"digitalocean">,
  options: PlanOptions = {},
): Promise<Recording<DigitalOceanTopology>> {
  const topology = resolveTopology(spec, spec.environment === "prod" ? "split" : "staging");
  const args: DigitalOceanTopologyArgs = {
    topology,
    suffix: options.suffix ?? "k3x9",
    caCertificate: "authority of the stack",
  };
  return recordResources(() => new DigitalOceanTopology(topology.name, args), {
    preview: options.preview ?? false,
    madeByCloud: madeByDigitalOcean,
    answers: DIGITALOCEAN_ANSWERS,
  });
}
