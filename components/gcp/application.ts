import type * as pulumi from "@pulumi/pulumi";
import type { CloudSecrets } from "../../topology/secrets.ts";
import { SERVICE_ROLE } from "../../topology/service-accounts.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { createConnectionSecrets } from "./connection-secrets.ts";
import { createDatabase } from "./databases.ts";
import { createExport } from "./export.ts";
import type { GcpInstances } from "./instances.ts";
import type { GcpNetwork } from "./network.ts";
import { caBundle } from "./outputs.ts";
import { createServiceAccount } from "./service-account.ts";
import { createService } from "./service.ts";
import { serviceRoutes } from "./service-routes.ts";
import { createUsers } from "./users.ts";

/** What the application's side of a topology is made from. */
export interface ApplicationParts {
  readonly secrets: CloudSecrets<pulumi.Output<string>>;
  readonly network: GcpNetwork;
  readonly instances: GcpInstances;
  /** What has to be there before a server can be found. */
  readonly names: readonly pulumi.Resource[];
}

/** What stands on the servers: database, users, kept connections, the service, and the exports. */
export function createApplication(place: CloudPlace, { secrets, network, instances, names }: ApplicationParts): void {
  const { service, access, backup } = place.topology;
  const { primary, replicas } = instances;
  const account = service && createServiceAccount(place, SERVICE_ROLE, "The service in front of the database");
  const database = createDatabase(place, primary);
  const users = createUsers(place, primary, secrets, access.login === "iam" ? account : undefined, database);
  const routes = serviceRoutes(place, instances);
  const kept = createConnectionSecrets(place, {
    secrets,
    routes,
    caCertificate: caBundle([primary, ...replicas.values()]),
  });
  if (service !== undefined && account !== undefined) {
    createService(place, service, { account, network, instances, routes, secrets: kept, ready: [users, ...names] });
  }
  if (backup?.secondCopy !== undefined) createExport(place, backup.secondCopy, primary);
}
