import { authentication } from "./access/authentication.ts";
import { liveAccess } from "./access/live.ts";
import { plannedAlerts } from "./alerts/planned.ts";
import { liveExports } from "./backup/exports.ts";
import { liveBackup } from "./backup/live.ts";
import { plannedBackup } from "./backup/planned.ts";
import { bucketAccess } from "./bucket/access.ts";
import { bucketKeeping } from "./bucket/kept.ts";
import { repositoryBucket } from "./bucket/planned.ts";
import { liveClusters } from "./clusters/live.ts";
import { clusterNetworks } from "./clusters/network.ts";
import { plannedClusters } from "./clusters/planned.ts";
import { clusterSizing } from "./clusters/sizing.ts";
import { clusterUpkeep } from "./clusters/upkeep.ts";
import { openingConnections } from "./connections/opening.ts";
import { containerHardening } from "./containers/hardening.ts";
import { containerIsolation } from "./containers/isolation.ts";
import { liveContainers } from "./containers/live.ts";
import { containerOperation } from "./containers/operation.ts";
import { serverContainers } from "./containers/servers.ts";
import { liveEncryption } from "./encryption/live.ts";
import { transportEncryption } from "./encryption/transport.ts";
import { liveHost } from "./host/live.ts";
import { dataHost } from "./host/reached.ts";
import { accountPower } from "./identities/power.ts";
import { instanceDefinition } from "./instances/definition.ts";
import { instanceExposure } from "./instances/exposure.ts";
import { instanceLifecycle } from "./instances/lifecycle.ts";
import { liveInstances } from "./instances/live.ts";
import { instanceLogging } from "./instances/logging.ts";
import { instanceOperation } from "./instances/operation.ts";
import { instancesPossible } from "./instances/possible.ts";
import { instanceReach } from "./instances/reach.ts";
import { instanceReplicas } from "./instances/replicas.ts";
import { instanceSurvival } from "./instances/survival.ts";
import { lifecycleGuards } from "./lifecycle/guards.ts";
import { instanceWindows } from "./instances/windows.ts";
import { publishedPorts } from "./network/published.ts";
import { vpcNetwork } from "./network/vpc.ts";
import { regions } from "./places/regions.ts";
import { livePooling } from "./pooling/live.ts";
import { plannedPooling } from "./pooling/planned.ts";
import { dataProtection } from "./protection/data.ts";
import { liveProtection } from "./protection/live.ts";
import { liveReplication } from "./replication/live.ts";
import { plannedReplication } from "./replication/planned.ts";
import type { Requirement } from "./requirement.ts";
import { expectedSchema } from "./schema/expected.ts";
import { keptSecrets } from "./secrets/kept.ts";
import { servicesAndDatabase } from "./services/database.ts";
import { serviceExposure } from "./services/exposure.ts";
import { liveSettings } from "./settings/live.ts";
import { serverSettings } from "./settings/servers.ts";
import { everyResource } from "./stack/all-resources.ts";
import { plannedUsers } from "./users/planned.ts";

/** Every requirement, by topic. A new one is added here by hand: nothing registers itself. */
export const CATALOGUE: readonly Requirement[] = [
  ...authentication,
  ...liveAccess,
  ...plannedAlerts,
  ...plannedBackup,
  ...liveBackup,
  ...liveExports,
  ...repositoryBucket,
  ...bucketAccess,
  ...bucketKeeping,
  ...plannedClusters,
  ...clusterNetworks,
  ...clusterSizing,
  ...clusterUpkeep,
  ...liveClusters,
  ...openingConnections,
  ...containerIsolation,
  ...containerOperation,
  ...containerHardening,
  ...serverContainers,
  ...liveContainers,
  ...transportEncryption,
  ...liveEncryption,
  ...dataHost,
  ...accountPower,
  ...liveHost,
  ...instanceExposure,
  ...instanceReach,
  ...instanceSurvival,
  ...instanceReplicas,
  ...instanceDefinition,
  ...instancesPossible,
  ...instanceOperation,
  ...instanceLogging,
  ...instanceWindows,
  ...instanceLifecycle,
  ...liveInstances,
  ...lifecycleGuards,
  ...publishedPorts,
  ...vpcNetwork,
  ...regions,
  ...plannedPooling,
  ...livePooling,
  ...dataProtection,
  ...liveProtection,
  ...plannedReplication,
  ...liveReplication,
  ...expectedSchema,
  ...keptSecrets,
  ...serviceExposure,
  ...servicesAndDatabase,
  ...serverSettings,
  ...liveSettings,
  ...everyResource,
  ...plannedUsers,
];
