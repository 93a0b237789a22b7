import { authentication } from "./access/authentication.ts";
import { liveAccess } from "./access/live.ts";
import { liveBackup } from "./backup/live.ts";
import { plannedBackup } from "./backup/planned.ts";
import { repositoryBucket } from "./bucket/planned.ts";
import { liveClusters } from "./clusters/live.ts";
import { plannedClusters } from "./clusters/planned.ts";
import { openingConnections } from "./connections/opening.ts";
import { containerIsolation } from "./containers/isolation.ts";
import { liveContainers } from "./containers/live.ts";
import { containerOperation } from "./containers/operation.ts";
import { liveEncryption } from "./encryption/live.ts";
import { transportEncryption } from "./encryption/transport.ts";
import { dataHost } from "./host/reached.ts";
import { instanceExposure } from "./instances/exposure.ts";
import { liveInstances } from "./instances/live.ts";
import { instanceOperation } from "./instances/operation.ts";
import { instanceSurvival } from "./instances/survival.ts";
import { publishedPorts } from "./network/published.ts";
import { regions } from "./places/regions.ts";
import { livePooling } from "./pooling/live.ts";
import { plannedPooling } from "./pooling/planned.ts";
import { dataProtection } from "./protection/data.ts";
import { liveProtection } from "./protection/live.ts";
import { liveReplication } from "./replication/live.ts";
import { plannedReplication } from "./replication/planned.ts";
import type { Requirement } from "./requirement.ts";
import { expectedSchema } from "./schema/expected.ts";
import { liveSettings } from "./settings/live.ts";
import { serverSettings } from "./settings/servers.ts";

/** Every requirement, by topic. A new one is added here by hand: nothing registers itself. */
export const CATALOGUE: readonly Requirement[] = [
  ...authentication,
  ...liveAccess,
  ...plannedBackup,
  ...liveBackup,
  ...repositoryBucket,
  ...plannedClusters,
  ...liveClusters,
  ...openingConnections,
  ...containerIsolation,
  ...containerOperation,
  ...liveContainers,
  ...transportEncryption,
  ...liveEncryption,
  ...dataHost,
  ...instanceExposure,
  ...instanceSurvival,
  ...instanceOperation,
  ...liveInstances,
  ...publishedPorts,
  ...regions,
  ...plannedPooling,
  ...livePooling,
  ...dataProtection,
  ...liveProtection,
  ...plannedReplication,
  ...liveReplication,
  ...expectedSchema,
  ...serverSettings,
  ...liveSettings,
];
