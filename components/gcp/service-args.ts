import type { types } from "@pulumi/gcp";
import type { ServiceArgs } from "@pulumi/gcp/cloudrunv2/service.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedService } from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { directVpcEgress, type GcpNetwork } from "./network.ts";
import { SIDECAR_NAME, sidecarContainer } from "./pooler-sidecar.ts";
import type { ServiceVolumes } from "./service-volumes.ts";

type Container = types.input.cloudrunv2.ServiceTemplateContainer;

/**
 * A first connection through the VPC may take more than a minute, and no start-up probe may take more than four:
 * https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc
 */
const START_UP = { periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 48 };
/** A minute and a half without an answer: the instance is beyond help, not busy. */
const LIVENESS = { periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 3 };

/** What a service needs beside the topology. */
export interface ServiceWiring extends ServiceVolumes {
  readonly accountEmail: pulumi.Input<string>;
  readonly network: Pick<GcpNetwork, "networkId" | "subnetId">;
  readonly environment: types.input.cloudrunv2.ServiceTemplateContainerEnv[];
}

/** The Cloud Run service, in the primary's region. */
export function serviceArgs(place: CloudPlace, service: ResolvedService, wiring: ServiceWiring): ServiceArgs {
  const { topology, project, labels, name } = place;
  return {
    name: name("service"),
    project,
    location: topology.region,
    labels,
    deletionProtection: topology.protection.deletion,
    ingress: service.public ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    template: {
      labels,
      serviceAccount: wiring.accountEmail,
      // Of each revision: while one takes over from another, both may have as many.
      scaling: { minInstanceCount: service.minInstances, maxInstanceCount: service.maxInstances },
      maxInstanceRequestConcurrency: service.concurrency,
      containers: containers(place, service, wiring),
      volumes: wiring.volumes,
      // With a socket, the platform's proxy takes this way, too.
      // https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/848
      vpcAccess: directVpcEgress(wiring.network),
    },
  };
}

function containers({ topology }: CloudPlace, service: ResolvedService, wiring: ServiceWiring): Container[] {
  const { pooling } = topology;
  const sidecars = pooling?.kind === "sidecar" ? [sidecarContainer(pooling, wiring.sidecar)] : [];
  const health = { httpGet: { path: service.healthPath, port: service.port } };
  const application: Container = {
    name: "application",
    image: service.image,
    ports: { containerPort: service.port },
    resources: resources(service),
    envs: wiring.environment,
    startupProbe: { ...health, ...START_UP },
    livenessProbe: { ...health, ...LIVENESS },
    dependsOns: sidecars.length > 0 ? [SIDECAR_NAME] : undefined,
    volumeMounts: wiring.application,
  };
  return [application, ...sidecars];
}

function resources({ cpus, memoryMiB, minInstances }: ResolvedService): Container["resources"] {
  return {
    limits: { cpu: Number.isInteger(cpus) ? String(cpus) : `${Math.round(cpus * 1000)}m`, memory: `${memoryMiB}Mi` },
    // Without a processor between requests, an instance answers no keep-alive, and its connections are lost unseen: one
    // that is kept warm keeps it. Less than one processor can't: https://cloud.google.com/run/docs/configuring/cpu
    cpuIdle: minInstances === 0 || cpus < 1,
    startupCpuBoost: true,
  };
}
