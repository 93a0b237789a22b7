import type { PolicyConfigSchema } from "@pulumi/policy";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { type Environment, FLOORS } from "../requirements/floors.ts";

/** What the rules need to know beside the resources. */
export interface PackContext {
  readonly environment: Environment;
  /** Addresses beside loopback that ports may be published on. */
  readonly wishedAddresses: readonly string[];
}

/** The pack's own configuration (`--policy-pack-config`): the same for both policies. */
export const CONTEXT_SCHEMA: PolicyConfigSchema = {
  properties: {
    environment: {
      type: "string",
      enum: ["local", "staging", "prod"],
      description: "Which floors hold. Default: what the topology in the stack says, else prod.",
    },
    addresses: {
      type: "array",
      items: { type: "string" },
      description: "Addresses beside loopback that ports may be published on. Default: the topology's own.",
    },
  },
};

/** By configuration, else by what the topology's own component says of itself, else on the safe side. */
export function packContext(config: object, resources: readonly PlannedResource[]): PackContext {
  const components = resources.filter(({ type }) => type.startsWith("pgtopology:")).map(({ props }) => props);
  const sources = [config, ...components, ...components.map(({ outputs }) => outputs)];
  const environment = sources.map((source) => field(source, "environment")).find(isEnvironment);
  const addresses = field(config, "addresses");
  const address = components.map((component) => field(component, "address")).find((value) => typeof value === "string");
  return {
    environment: environment ?? "prod",
    wishedAddresses: Array.isArray(addresses) ? addresses.map(String) : address === undefined ? [] : [address],
  };
}

function field(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null ? (source as Record<string, unknown>)[name] : undefined;
}

function isEnvironment(value: unknown): value is Environment {
  return typeof value === "string" && Object.hasOwn(FLOORS, value);
}
