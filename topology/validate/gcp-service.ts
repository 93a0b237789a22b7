import { CLOUD_RUN_CPUS, cloudRunMemoryMiB, DIRECT_VPC_EGRESS, isCloudRunCpus } from "../limits/cloud-run.ts";
import type { Issue } from "../issue.ts";
import type { ResolvedService } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";
import { isByDigest } from "./image-digest.ts";
import { ipv4Range } from "./ipv4-range.ts";

/** A rule about the service, where there is one. */
function ofService(issues: (service: ResolvedService, ...rest: Parameters<GcpRule>) => Issue[]): GcpRule {
  return (topology, spec) => (topology.service === undefined ? [] : issues(topology.service, topology, spec));
}

const instancesHaveARange = ofService(({ minInstances, maxInstances }) => {
  if (minInstances <= maxInstances) return [];
  return [
    {
      where: "service.minInstances",
      got: String(minInstances),
      want: `at most ${maxInstances}, which is service.maxInstances`,
      fix: "lower the one, or raise the other",
    },
  ];
});

const processorsCanBeHad = ofService(({ cpus }) => {
  if (isCloudRunCpus(cpus)) return [];
  const { shares, counts } = CLOUD_RUN_CPUS;
  const nearest = counts.find((count) => count > cpus);
  return [
    {
      where: "service.cpus",
      got: String(cpus),
      want: `one of ${counts.join(", ")}, or ${shares.min} to ${shares.max}`,
      because: "Cloud Run has instances of these sizes only",
      fix: `use ${cpus < shares.min ? shares.min : (nearest ?? counts.at(-1) ?? 1)}`,
    },
  ];
});

const shareOfAProcessorHasOneRequest = ofService(({ cpus, concurrency }) => {
  const most = CLOUD_RUN_CPUS.concurrencyOfShare;
  if (cpus >= CLOUD_RUN_CPUS.shares.max || concurrency <= most) return [];
  return [
    {
      where: "service.concurrency",
      got: String(concurrency),
      want: `${most} with service.cpus: ${cpus}`,
      because: "an instance with less than one processor takes one request at a time",
      fix: `set service.concurrency: ${most}, or service.cpus: 1`,
    },
  ];
});

const memoryIsEnoughForTheProcessors = ofService(({ cpus, memoryMiB }) => {
  const bounds = isCloudRunCpus(cpus) ? cloudRunMemoryMiB(cpus) : undefined;
  if (bounds === undefined || memoryMiB >= bounds.min) return [];
  return [
    {
      where: "service.memoryMiB",
      got: String(memoryMiB),
      want: `at least ${bounds.min} with service.cpus: ${cpus}`,
      because: "Cloud Run ties memory to processors",
      fix: `use ${bounds.min}`,
    },
  ];
});

const processorsAreEnoughForTheMemory = ofService(({ cpus, memoryMiB }) => {
  const bounds = isCloudRunCpus(cpus) ? cloudRunMemoryMiB(cpus) : undefined;
  if (bounds === undefined || memoryMiB <= bounds.max) return [];
  return [
    {
      where: "service.memoryMiB",
      got: String(memoryMiB),
      want: `at most ${bounds.max} with service.cpus: ${cpus}`,
      because: "Cloud Run ties memory to processors",
      fix: `use ${bounds.max}, or more processors`,
    },
  ];
});

const prodRunsOneImage = ofService(({ image }, { environment }) => {
  if (environment !== "prod" || isByDigest(image)) return [];
  return [
    {
      where: "service.image",
      got: image,
      want: "an image by digest in prod, as in registry/name@sha256:…",
      because: "a tag can be another image tomorrow, in an instance that nobody deployed",
      fix: "write the digest that the registry gave at the push",
    },
  ];
});

const subnetHasAddressesForAllInstances = ofService(({ maxInstances }, { network }) => {
  if (network.existing !== undefined) return [];
  const { perInstance, ofTheNetwork, longestPrefix } = DIRECT_VPC_EGRESS;
  const range = ipv4Range(network.subnetCidr);
  const addresses = range.last - range.first + 1 - ofTheNetwork.number;
  // A subnet that is too small for any service says so itself.
  if (range.prefixLength > longestPrefix.number || perInstance.number * maxInstances <= addresses) return [];
  return [
    {
      where: "service.maxInstances",
      got: String(maxInstances),
      want: `at most ${Math.floor(addresses / perInstance.number)}`,
      because: `each takes ${perInstance.number} of the ${addresses} addresses of ${range.text}`,
      fix: "lower it, or set a larger access.network.subnetCidr",
    },
  ];
});

/** What the service may be. */
export const SERVICE_RULES = {
  instancesHaveARange,
  processorsCanBeHad,
  shareOfAProcessorHasOneRequest,
  memoryIsEnoughForTheProcessors,
  processorsAreEnoughForTheMemory,
  prodRunsOneImage,
  subnetHasAddressesForAllInstances,
} satisfies Readonly<Record<string, GcpRule>>;
