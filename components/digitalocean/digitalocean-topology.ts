import * as pulumi from "@pulumi/pulumi";
import type { TopologyOutputs } from "../../topology/contract.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { createAlerts, type WatchedMachine } from "./alerts.ts";
import { cloudPlace } from "./cloud-place.ts";
import { createCluster } from "./cluster.ts";
import { createDataHost, type DataHost } from "./data-host.ts";
import { DATA_HOST } from "./data-host-args.ts";
import { createClusterContents } from "./databases.ts";
import { createNetwork } from "./network.ts";
import { type DeliveryOutputs, deliveryOf, outputsOf } from "./outputs.ts";
import { joinProject } from "./project.ts";
import { createTrustedSources } from "./trusted-sources.ts";

/** What a topology on DigitalOcean is made from. */
export interface DigitalOceanTopologyArgs {
  readonly topology: ResolvedDigitalOcean;
  /** Ends every name: a bucket's has to be one of its own in the world. */
  readonly suffix: string;
  /** PEM of the stack's own authority, which signs the data host's certificate; empty without a data host. */
  readonly caCertificate: string;
}

/** A managed primary on DigitalOcean, with a data database on a Droplet beside it. */
export class DigitalOceanTopology extends pulumi.ComponentResource {
  readonly outputs: pulumi.Output<TopologyOutputs>;
  readonly delivery: pulumi.Output<DeliveryOutputs>;

  constructor(name: string, args: DigitalOceanTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pgtopology:digitalocean:Topology", name, {}, opts);
    const { topology } = args;
    const place = cloudPlace(args, name, this);

    const network = createNetwork(place);
    const dataHost = topology.dataHost && createDataHost(place, topology.dataHost, network);
    const servers = createCluster(place, network);
    const trusted = createTrustedSources(place, servers, { network, dataHost: dataHost?.droplet });
    const contents = createClusterContents(place, servers.cluster, trusted);
    createAlerts(place, [
      { kind: "cluster", part: topology.primary.part, id: servers.cluster.id },
      ...watchedHost(dataHost),
    ]);
    joinProject(place, servers.cluster, dataHost);

    const made = { servers, contents, dataHost };
    const outputs = outputsOf(place, made, args.caCertificate);
    this.outputs = pulumi.output(outputs);
    this.delivery = deliveryOf(made);
    // The policy pack takes the environment from here: which floors hold.
    this.registerOutputs({ outputs });
  }
}

function watchedHost(dataHost: DataHost | undefined): WatchedMachine[] {
  return dataHost === undefined ? [] : [{ kind: "droplet", part: DATA_HOST.host, id: dataHost.droplet.id }];
}
