import type { AccessFacts } from "./access.ts";
import type { BackupFacts } from "./backup.ts";
import type { ContainersFacts } from "./containers.ts";
import type { EncryptionFacts } from "./encryption.ts";
import type { NetworkFacts } from "./network.ts";
import type { PoolingFacts } from "./pooling.ts";
import type { ProtectionFacts } from "./protection.ts";
import type { ReplicationFacts } from "./replication.ts";
import type { SettingsFacts } from "./settings.ts";

/** Everything that can be known of a topology, whoever found it out. */
export interface FactsByTopic {
  readonly access: AccessFacts;
  readonly backup: BackupFacts;
  readonly containers: ContainersFacts;
  readonly encryption: EncryptionFacts;
  readonly network: NetworkFacts;
  readonly pooling: PoolingFacts;
  readonly protection: ProtectionFacts;
  readonly replication: ReplicationFacts;
  readonly settings: SettingsFacts;
}
