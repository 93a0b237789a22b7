import type * as pulumi from "@pulumi/pulumi";
import { CLOUD_LABELS, cloudName } from "../../topology/names.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { DigitalOceanTopologyArgs } from "./digitalocean-topology.ts";

/** What everything that a topology makes on DigitalOcean has in common. */
export interface CloudPlace {
  readonly topology: ResolvedDigitalOcean;
  /** The platform's name of a role, as in `split-primary-k3x9`. */
  readonly name: (role: string) => string;
  /** Pulumi's name of a role, as in `pgtopology-split-primary`. */
  readonly childName: (role: string) => string;
  /** `key:value`: a tag has no value of its own. No rule of any firewall names one: whoever tags would be let in. */
  readonly tags: string[];
  /** Of what can be made again. */
  readonly options: { readonly parent: pulumi.Resource };
  /** Of what others can't do without, and that holds no data: Pulumi refuses to remove or to replace it. */
  readonly guardedOptions: { readonly parent: pulumi.Resource; readonly protect: boolean };
  /**
   * Of what holds data. The platform has no guard against a removal, so that Pulumi's is the only one; and what is removed
   * from the program, or was to be replaced, is left where it is.
   */
  readonly dataOptions: {
    readonly parent: pulumi.Resource;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
  };
}

/** The place of a topology's children below `parent`. */
export function cloudPlace(
  { topology, suffix }: Pick<DigitalOceanTopologyArgs, "topology" | "suffix">,
  name: string,
  parent: pulumi.Resource,
): CloudPlace {
  const { environment, keepData, protection, stack } = topology;
  const guardedOptions = { parent, protect: protection.deletion };
  return {
    topology,
    name: (role) => cloudName(stack, role, suffix),
    childName: (role) => `${name}-${role}`,
    tags: [`${CLOUD_LABELS.stack}:${stack}`, `${CLOUD_LABELS.environment}:${environment}`],
    options: { parent },
    guardedOptions,
    dataOptions: { ...guardedOptions, retainOnDelete: keepData },
  };
}
