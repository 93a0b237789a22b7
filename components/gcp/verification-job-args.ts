import type { JobArgs } from "@pulumi/gcp/cloudrunv2/job.js";
import type * as pulumi from "@pulumi/pulumi";
import { basename, dirname } from "node:path/posix";
import type { ResolvedVerification } from "../../topology/resolved-gcp.ts";
import {
  topologyText,
  VERIFICATION_COMMAND,
  VERIFICATION_PASSWORDS_FILE,
  VERIFICATION_ROLE,
  VERIFICATION_TIMEOUT_SECONDS,
  VERIFICATION_VARIABLES,
} from "../../topology/verification-job.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { directVpcEgress, type GcpNetwork } from "./network.ts";
import type { StoredSecret } from "./stored-secret.ts";

const PASSWORDS_VOLUME = "passwords";

/** What the job needs beside the topology. */
export interface VerificationWiring {
  readonly accountEmail: pulumi.Input<string>;
  readonly network: Pick<GcpNetwork, "networkId" | "subnetId">;
  readonly passwords: StoredSecret;
}

/** The Cloud Run job that verifies, in the primary's region. Its variables are no secrets; its passwords are a file. */
export function verificationJobArgs(
  place: CloudPlace,
  { image }: ResolvedVerification,
  { accountEmail, network, passwords }: VerificationWiring,
): JobArgs {
  const { topology, project, labels, name } = place;
  const { secretId, version } = passwords;
  return {
    name: name(VERIFICATION_ROLE),
    project,
    location: topology.region,
    labels,
    // It can be made again at any time.
    deletionProtection: false,
    template: {
      labels,
      taskCount: 1,
      template: {
        serviceAccount: accountEmail,
        // A second try would be a second report, and hide why there was none.
        maxRetries: 0,
        timeout: `${VERIFICATION_TIMEOUT_SECONDS}s`,
        containers: [
          {
            name: VERIFICATION_ROLE,
            image,
            commands: [...VERIFICATION_COMMAND],
            envs: variables(place),
            resources: { limits: { cpu: "1", memory: "512Mi" } },
            volumeMounts: [{ name: PASSWORDS_VOLUME, mountPath: dirname(VERIFICATION_PASSWORDS_FILE) }],
          },
        ],
        volumes: [
          {
            name: PASSWORDS_VOLUME,
            secret: { secret: secretId, items: [{ path: basename(VERIFICATION_PASSWORDS_FILE), version }] },
          },
        ],
        vpcAccess: directVpcEgress(network),
      },
    },
  };
}

function variables({ topology, project, suffix }: CloudPlace): { name: string; value: string }[] {
  const values: Record<keyof typeof VERIFICATION_VARIABLES, string> = {
    topology: topologyText(topology),
    project,
    suffix,
    passwordsFile: VERIFICATION_PASSWORDS_FILE,
  };
  return Object.entries(values).map(([key, value]) => ({
    name: VERIFICATION_VARIABLES[key as keyof typeof values],
    value,
  }));
}
