import type { types } from "@pulumi/gcp";
import { SERVICE_PATHS } from "../../rendering/pgbouncer-sidecar-ini.ts";
import { INTERNAL_PORTS } from "../../rendering/paths.ts";
import type { SidecarPooling } from "../../topology/resolved-gcp.ts";

type Container = types.input.cloudrunv2.ServiceTemplateContainer;

/** The container's name: what waits for it names it. */
export const SIDECAR_NAME = "pgbouncer";

/**
 * PgBouncer beside the application, in each instance of the service. It has no liveness probe: Cloud Run's ask over HTTP or
 * gRPC, which PgBouncer does not speak (https://cloud.google.com/run/docs/configuring/healthchecks); one that ends takes
 * its instance with it.
 */
export function sidecarContainer(pooling: SidecarPooling, volumeMounts: Container["volumeMounts"]): Container {
  // Validation refuses a sidecar without an image; there is no default that could be trusted for years.
  if (pooling.image === undefined) throw new RangeError("the sidecar has no image");
  return {
    name: SIDECAR_NAME,
    image: pooling.image,
    commands: ["pgbouncer"],
    args: [SERVICE_PATHS.pgbouncerIni],
    // One thread; a container beside the first one may have less than a processor.
    resources: { limits: { cpu: "500m", memory: "256Mi" } },
    // What depends on a container needs it to have one: https://github.com/GoogleCloudPlatform/cloud-run-samples/issues/230
    startupProbe: {
      tcpSocket: { port: INTERNAL_PORTS.pooler },
      periodSeconds: 2,
      timeoutSeconds: 1,
      failureThreshold: 30,
    },
    volumeMounts,
  };
}
