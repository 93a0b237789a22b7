import { instanceAnswer } from "../../facts/from-live/gcp/cloud-sql-api.ts";
import { PgtError } from "../../kernel/errors.ts";
import { openCloudSql } from "../../verify/cloud-sql-client.ts";
import type { GoogleApi, GoogleApiOptions, GoogleCall } from "../../verify/google-api.ts";
import { runOperation } from "./cloud-sql-operation.ts";

/** A primary, and the replica in another region that takes over when it is lost, by their names in the cloud. */
export interface DisasterRecoveryPair {
  readonly primary: string;
  readonly replica: string;
}

/** How {@link designateReplica} asks. */
export interface DesignateOptions extends GoogleApiOptions {
  /** Milliseconds between two tries of what has to be waited for. */
  readonly intervalMs?: number;
}

/** Whether the cloud calls the replica designated. @throws {PgtError} exit code 3 where it can't be asked */
export async function isDesignated(options: GoogleApiOptions, pair: DisasterRecoveryPair): Promise<boolean> {
  return designatedBy(await openCloudSql(options), options, pair);
}

/**
 * Designates the replica, and reads that back. Both instances have to run. Asked of the API itself: the provider reads the
 * instance before it updates it, and then sends what it has read in place of the replica that was asked for
 * (https://github.com/pulumi/pulumi-gcp/blob/master/patches/0005-Fix-794-with-an-unconditional-read.patch).
 * @see https://cloud.google.com/sql/docs/postgres/use-advanced-disaster-recovery
 * @throws {PgtError} when it is refused, or is not so afterwards
 */
export async function designateReplica(options: DesignateOptions, pair: DisasterRecoveryPair): Promise<void> {
  const { intervalMs, project, signal } = options;
  const { primary, replica } = pair;
  const transport = await openCloudSql(options);
  const call: GoogleCall = {
    method: "PATCH",
    path: `instances/${primary}`,
    body: { replicationCluster: { failoverDrReplicaName: `${project}:${replica}` } },
    isDeed: true,
    permission: "cloudsql.instances.update",
    role: "roles/cloudsql.editor",
  };
  const wait = { instance: primary, what: "the designation", intervalMs, signal };
  if (!(await runOperation(transport, call, wait))) {
    throw new PgtError(`there is no instance ${primary} in project ${project}`);
  }
  if (await designatedBy(transport, options, pair)) return;
  throw new PgtError(`${replica} is not designated to take over from ${primary}, although the cloud did not refuse it`);
}

/** The cloud puts the project before the name. */
async function designatedBy(
  transport: GoogleApi,
  { project }: GoogleApiOptions,
  { primary, replica }: DisasterRecoveryPair,
): Promise<boolean> {
  const call = {
    path: `instances/${primary}`,
    permission: "cloudsql.instances.get",
    role: "roles/cloudsql.viewer",
  };
  const name = (await transport(call, instanceAnswer))?.replicationCluster?.failoverDrReplicaName;
  return name === replica || name === `${project}:${replica}`;
}
