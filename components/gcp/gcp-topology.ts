import * as pulumi from "@pulumi/pulumi";
import type { TopologyOutputs } from "../../topology/contract.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CloudSecrets } from "../../topology/secrets.ts";
import { createApplication } from "./application.ts";
import { cloudPlace } from "./cloud-place.ts";
import { disasterRecovery } from "./disaster-recovery.ts";
import { createInstances } from "./instances.ts";
import { createNetwork } from "./network.ts";
import { outputsOf } from "./outputs.ts";
import { createServerNames } from "./server-names.ts";
import { createVerificationJob } from "./verification-job.ts";

/** What a topology on Cloud SQL is made from. */
export interface GcpTopologyArgs {
  readonly topology: ResolvedGcp;
  readonly secrets: CloudSecrets<pulumi.Output<string>>;
  readonly project: string;
  /** Ends every name. */
  readonly suffix: string;
  /** Key of the replica that is designated to take over after a disaster, once it runs. */
  readonly designatedReplica: string | undefined;
}

/** A PostgreSQL topology on Cloud SQL, with the Cloud Run service that uses it. */
export class GcpTopology extends pulumi.ComponentResource {
  readonly outputs: pulumi.Output<TopologyOutputs>;

  constructor(name: string, args: GcpTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pgtopology:gcp:Topology", name, {}, opts);
    const place = cloudPlace(args, name, this);
    const { designated, pending } = disasterRecovery(args.topology, args.designatedReplica);

    const network = createNetwork(place);
    const instances = createInstances(place, network, designated);
    const names = createServerNames(place, network, instances);
    createApplication(place, { secrets: args.secrets, network, instances, names });
    const { verification } = args.topology.access;
    if (verification !== undefined)
      createVerificationJob(place, verification, { secrets: args.secrets, network, instances });

    const outputs = outputsOf(place, instances, pending);
    this.outputs = pulumi.output(outputs);
    // The policy pack takes the environment from here: which floors hold.
    this.registerOutputs({ outputs });
    for (const step of pending) void pulumi.log.warn(step, this);
  }
}
