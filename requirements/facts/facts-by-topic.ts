import type { AccessFacts } from "./access.ts";
import type { BackupFacts } from "./backup.ts";
import type { BucketFacts } from "./bucket.ts";
import type { ClustersFacts } from "./clusters.ts";
import type { ConnectionsFacts } from "./connections.ts";
import type { ContainersFacts } from "./containers.ts";
import type { EncryptionFacts } from "./encryption.ts";
import type { HostFacts } from "./host.ts";
import type { InstancesFacts } from "./instances.ts";
import type { NetworkFacts } from "./network.ts";
import type { PlacesFacts } from "./places.ts";
import type { PoolingFacts } from "./pooling.ts";
import type { ProtectionFacts } from "./protection.ts";
import type { ReplicationFacts } from "./replication.ts";
import type { SchemaFacts } from "./schema.ts";
import type { SettingsFacts } from "./settings.ts";

/** Everything that can be known of a topology, whoever found it out. */
export interface FactsByTopic {
  readonly access: AccessFacts;
  readonly backup: BackupFacts;
  readonly bucket: BucketFacts;
  readonly clusters: ClustersFacts;
  readonly connections: ConnectionsFacts;
  readonly containers: ContainersFacts;
  readonly encryption: EncryptionFacts;
  readonly host: HostFacts;
  readonly instances: InstancesFacts;
  readonly network: NetworkFacts;
  readonly places: PlacesFacts;
  readonly pooling: PoolingFacts;
  readonly protection: ProtectionFacts;
  readonly replication: ReplicationFacts;
  readonly schema: SchemaFacts;
  readonly settings: SettingsFacts;
}
