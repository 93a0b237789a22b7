// What Cloud Run would say to a service is not proven: the tables of limits stand for it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ENVIRONMENT_VARIABLES } from "../../../../topology/environment-variables.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { SERVICE_VARIABLE_RULES } from "../../../../topology/validate/gcp-service-variables.ts";
import { SERVICE_RULES } from "../../../../topology/validate/gcp-service.ts";
import { APP, type GcpCase, gcpIssues, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

const app = (service: Partial<NonNullable<SpecOf<"gcp">["service"]>>): GcpWish => ({ service: { ...APP, ...service } });

const CASES: Record<keyof typeof SERVICE_RULES, readonly GcpCase[]> = {
  instancesHaveARange: [
    {
      title: "fewest instances that are more than the most",
      good: app({ minInstances: 3, maxInstances: 3 }),
      bad: app({ minInstances: 4, maxInstances: 3 }),
      text: `service.minInstances
    got: 4
    want: at most 3, which is service.maxInstances
    fix: lower the one, or raise the other`,
    },
  ],
  processorsCanBeHad: [
    {
      title: "a number of processors that no instance has",
      good: app({ cpus: 2 }),
      bad: app({ cpus: 3 }),
      text: `service.cpus
    got: 3
    want: one of 1, 2, 4, 6, 8, or 0.08 to 1
    because: Cloud Run has instances of these sizes only
    fix: use 4`,
    },
    {
      title: "less of a processor than can be had",
      good: app({ cpus: 0.08, concurrency: 1 }),
      bad: app({ cpus: 0.07, concurrency: 1 }),
      text: `service.cpus
    got: 0.07
    want: one of 1, 2, 4, 6, 8, or 0.08 to 1
    because: Cloud Run has instances of these sizes only
    fix: use 0.08`,
    },
  ],
  shareOfAProcessorHasOneRequest: [
    {
      title: "many requests at once on a part of a processor",
      good: app({ cpus: 0.5, concurrency: 1 }),
      bad: app({ cpus: 0.5 }),
      text: `service.concurrency
    got: 80
    want: 1 with service.cpus: 0.5
    because: an instance with less than one processor takes one request at a time
    fix: set service.concurrency: 1, or service.cpus: 1`,
    },
  ],
  memoryIsEnoughForTheProcessors: [
    {
      title: "too little memory for four processors",
      good: app({ cpus: 4, memoryMiB: 2048 }),
      bad: app({ cpus: 4, memoryMiB: 2047 }),
      text: `service.memoryMiB
    got: 2047
    want: at least 2048 with service.cpus: 4
    because: Cloud Run ties memory to processors
    fix: use 2048`,
    },
  ],
  processorsAreEnoughForTheMemory: [
    {
      title: "too much memory for one processor",
      good: app({ memoryMiB: 4096 }),
      bad: app({ memoryMiB: 4097 }),
      text: `service.memoryMiB
    got: 4097
    want: at most 4096 with service.cpus: 1
    because: Cloud Run ties memory to processors
    fix: use 4096, or more processors`,
    },
    {
      title: "too much memory for a quarter of a processor",
      good: app({ cpus: 0.25, concurrency: 1, memoryMiB: 512 }),
      bad: app({ cpus: 0.25, concurrency: 1, memoryMiB: 513 }),
      text: `service.memoryMiB
    got: 513
    want: at most 512 with service.cpus: 0.25
    because: Cloud Run ties memory to processors
    fix: use 512, or more processors`,
    },
  ],
  prodRunsOneImage: [
    {
      title: "an image by its tag in prod",
      good: { ...app({ image: "registry.example/app:1" }), environment: "staging" },
      bad: { ...app({ image: "registry.example/app:latest" }), environment: "prod" },
      text: `service.image
    got: registry.example/app:latest
    want: an image by digest in prod, as in registry/name@sha256:…
    because: a tag can be another image tomorrow, in an instance that nobody deployed
    fix: write the digest that the registry gave at the push`,
    },
  ],
  subnetHasAddressesForAllInstances: [
    {
      title: "more instances than the subnet has addresses for",
      good: { ...app({ maxInstances: 30 }), access: { network: { subnetCidr: "10.1.0.0/26" } } },
      bad: { ...app({ maxInstances: 31 }), access: { network: { subnetCidr: "10.1.0.0/26" } } },
      text: `service.maxInstances
    got: 31
    want: at most 30
    because: each takes 2 of the 60 addresses of 10.1.0.0/26
    fix: lower it, or set a larger access.network.subnetCidr`,
    },
  ],
};

const VARIABLE_CASES: Record<keyof typeof SERVICE_VARIABLE_RULES, readonly GcpCase[]> = {
  platformSetsItsOwnVariables: [
    {
      title: "the port as a variable",
      good: app({ port: 3000, environment: { PORTAL: "3000" } }),
      bad: app({ environment: { PORT: "3000" } }),
      text: `service.environment.PORT
    got: PORT
    want: not to be set
    because: Cloud Run sets it itself, and refuses it
    fix: remove it, and set service.port`,
    },
    {
      title: "the service's name as a variable",
      good: app({ environment: { K_SERVICE_NAME: "shop" } }),
      bad: app({ environment: { K_SERVICE: "shop" } }),
      text: `service.environment.K_SERVICE
    got: K_SERVICE
    want: not to be set
    because: Cloud Run sets it itself, and refuses it
    fix: remove it`,
    },
  ],
  topologySetsItsOwnVariables: [
    {
      title: "a connection as a variable",
      good: app({ environment: { CACHE_URL: "redis://cache" } }),
      bad: app({ environment: { DATABASE_URL: "postgresql://elsewhere/app" } }),
      text: `service.environment.DATABASE_URL
    got: DATABASE_URL
    want: not to be set here
    because: names that begin like this are the topology's, which hands its connections on in them
    fix: remove it, or choose another name`,
    },
  ],
};

describe("the service beside Cloud SQL", () => {
  testRules(SERVICE_RULES, CASES);
  testRules(SERVICE_VARIABLE_RULES, VARIABLE_CASES);

  it("has none of the variables that `pgt env` gives to an application", () => {
    for (const { name } of ENVIRONMENT_VARIABLES) {
      assert.equal(gcpIssues(app({ environment: { [name]: "" } })).length, 1, name);
    }
  });
});
