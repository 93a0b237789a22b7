import type { types } from "@pulumi/gcp";
import { dirname, basename } from "node:path/posix";
import { SERVICE_PATHS } from "../../rendering/pgbouncer-sidecar-ini.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { ConnectionSecret } from "./connection-secrets.ts";
import { hasSidecar, SOCKET_FOLDER } from "./service-routes.ts";
import type { StoredSecret } from "./stored-secret.ts";
import type * as pulumi from "@pulumi/pulumi";

type Volume = types.input.cloudrunv2.ServiceTemplateVolume;
type VolumeMount = types.input.cloudrunv2.ServiceTemplateContainerVolumeMount;

const SOCKETS_VOLUME = "cloudsql";

/** A file that comes from Secret Manager: there is no other way to give one to Cloud Run. */
interface MountedFile {
  readonly secret: ConnectionSecret;
  readonly path: string;
}

const CA_FILE: MountedFile = { secret: "server-ca", path: SERVICE_PATHS.caCertificate };
const SIDECAR_FILES: readonly MountedFile[] = [
  { secret: "pgbouncer-config", path: SERVICE_PATHS.pgbouncerIni },
  { secret: "pgbouncer-users", path: SERVICE_PATHS.userlist },
];

/** What the containers of the service have mounted. */
export interface ServiceVolumes {
  readonly volumes: Volume[];
  readonly application: VolumeMount[];
  readonly sidecar: VolumeMount[];
}

/** The servers' sockets or their authority, and the sidecar's files. */
export function serviceVolumes(
  topology: ResolvedGcp,
  secrets: ReadonlyMap<ConnectionSecret, StoredSecret>,
  connectionNames: readonly pulumi.Input<string>[],
): ServiceVolumes {
  const hasSockets = topology.access.path === "socket";
  const sidecarFiles = hasSidecar(topology) ? SIDECAR_FILES : [];
  // A socket ends at the platform's own proxy: there is no certificate to check.
  const sharedFiles = hasSockets ? [] : [CA_FILE];
  const sockets: Volume = { name: SOCKETS_VOLUME, cloudSqlInstance: { instances: [...connectionNames] } };
  const shared: VolumeMount[] = [
    ...(hasSockets ? [{ name: SOCKETS_VOLUME, mountPath: SOCKET_FOLDER }] : []),
    ...sharedFiles.map(mountOf),
  ];
  return {
    volumes: [
      ...(hasSockets ? [sockets] : []),
      ...[...sharedFiles, ...sidecarFiles].map((file) => volumeOf(file, secrets)),
    ],
    application: shared,
    sidecar: [...shared, ...sidecarFiles.map(mountOf)],
  };
}

function mountOf({ secret, path }: MountedFile): VolumeMount {
  return { name: secret, mountPath: dirname(path) };
}

/** The version is named: with `latest`, a running instance would read a new file, and a former revision too. */
function volumeOf({ secret, path }: MountedFile, secrets: ReadonlyMap<ConnectionSecret, StoredSecret>): Volume {
  const stored = secrets.get(secret);
  if (stored === undefined) throw new RangeError(`secret ${secret} is not kept`);
  const { secretId, version } = stored;
  return { name: secret, secret: { secret: secretId, items: [{ path: basename(path), version }] } };
}
