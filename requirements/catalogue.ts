import { authentication } from "./access/authentication.ts";
import { liveAccess } from "./access/live.ts";
import { liveBackup } from "./backup/live.ts";
import { plannedBackup } from "./backup/planned.ts";
import { containerIsolation } from "./containers/isolation.ts";
import { liveContainers } from "./containers/live.ts";
import { containerOperation } from "./containers/operation.ts";
import { liveEncryption } from "./encryption/live.ts";
import { transportEncryption } from "./encryption/transport.ts";
import { publishedPorts } from "./network/published.ts";
import { livePooling } from "./pooling/live.ts";
import { plannedPooling } from "./pooling/planned.ts";
import { dataProtection } from "./protection/data.ts";
import { liveProtection } from "./protection/live.ts";
import { liveReplication } from "./replication/live.ts";
import { plannedReplication } from "./replication/planned.ts";
import type { Requirement } from "./requirement.ts";
import { liveSettings } from "./settings/live.ts";
import { serverSettings } from "./settings/servers.ts";

/** Every requirement, by topic. A new one is added here by hand: nothing registers itself. */
export const CATALOGUE: readonly Requirement[] = [
  ...authentication,
  ...liveAccess,
  ...plannedBackup,
  ...liveBackup,
  ...containerIsolation,
  ...containerOperation,
  ...liveContainers,
  ...transportEncryption,
  ...liveEncryption,
  ...publishedPorts,
  ...plannedPooling,
  ...livePooling,
  ...dataProtection,
  ...liveProtection,
  ...plannedReplication,
  ...liveReplication,
  ...serverSettings,
  ...liveSettings,
];
