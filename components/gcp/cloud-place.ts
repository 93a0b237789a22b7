import type * as pulumi from "@pulumi/pulumi";
import { CLOUD_LABELS, cloudName } from "../../topology/names.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { GcpTopologyArgs } from "./gcp-topology.ts";

/** What everything that a topology makes in the cloud has in common. */
export interface CloudPlace {
  readonly topology: ResolvedGcp;
  readonly project: string;
  /** Ends every name. */
  readonly suffix: string;
  /** The cloud's name of a role, as in `prod-primary-k3x9`. */
  readonly name: (role: string) => string;
  /** Pulumi's name of a role, as in `pgtopology-prod-primary`. */
  readonly childName: (role: string) => string;
  /** The user's, and the stack's own, which win. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of what can be made again. */
  readonly options: { readonly parent: pulumi.Resource };
  /** Of what holds data: in prod, Pulumi refuses to remove or to replace it as long as protection is asked for. */
  readonly dataOptions: { readonly parent: pulumi.Resource; readonly protect: boolean };
}

/** The place of a topology's children below `parent`. */
export function cloudPlace(args: GcpTopologyArgs, name: string, parent: pulumi.Resource): CloudPlace {
  const { topology, project, suffix } = args;
  const { environment, protection } = topology;
  return {
    topology,
    project,
    suffix,
    name: (role) => cloudName(topology.stack, role, suffix),
    childName: (role) => `${name}-${role}`,
    labels: {
      ...topology.observability.labels,
      [CLOUD_LABELS.stack]: topology.stack,
      [CLOUD_LABELS.environment]: environment,
    },
    options: { parent },
    dataOptions: { parent, protect: protection.deletion && environment === "prod" },
  };
}
