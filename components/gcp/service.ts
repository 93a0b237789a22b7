import { Service } from "@pulumi/gcp/cloudrunv2/service.js";
import { ServiceIamMember } from "@pulumi/gcp/cloudrunv2/serviceIamMember.js";
import type { Account } from "@pulumi/gcp/serviceaccount/account.js";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedService } from "../../topology/resolved-gcp.ts";
import { iamUserName } from "../../topology/service-accounts.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { type ConnectionSecret, isUsedByService } from "./connection-secrets.ts";
import type { GcpInstances } from "./instances.ts";
import type { GcpNetwork } from "./network.ts";
import { grantRole, onlyInstances } from "./service-account.ts";
import { serviceArgs } from "./service-args.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { serviceVolumes } from "./service-volumes.ts";
import type { ServiceRoutes } from "./service-routes.ts";
import { letRead, type StoredSecret } from "./stored-secret.ts";

/** What the service is made from. */
export interface ServiceParts {
  readonly account: Account;
  readonly network: GcpNetwork;
  readonly instances: GcpInstances;
  readonly routes: ServiceRoutes;
  readonly secrets: ReadonlyMap<ConnectionSecret, StoredSecret>;
  /** What has to be there before it can log in: users, database, the servers' names. */
  readonly ready: readonly pulumi.Resource[];
}

/** The Cloud Run service in front of the database, and what it may do. */
export function createService(place: CloudPlace, service: ResolvedService, parts: ServiceParts): Service {
  const { topology, project } = place;
  const { account, network, routes, secrets, ready } = parts;
  const grants = [...grantDatabase(place, parts), ...grantSecrets(place, parts)];
  const made = new Service(
    place.childName("service"),
    serviceArgs(place, service, {
      accountEmail: account.email,
      network,
      environment: serviceEnvironment(
        topology,
        { routes, secrets, iamUser: account.email.apply(iamUserName) },
        service.environment,
      ),
      ...serviceVolumes(
        topology,
        secrets,
        routes.instances.map(({ connectionName }) => connectionName),
      ),
    }),
    // No argument refers to them, and without them the first instance can't read its secrets or log in: the platform
    // gives up a revision that does not start.
    { ...place.options, dependsOn: [...grants, ...ready] },
  );
  if (service.public) {
    new ServiceIamMember(
      place.childName("service-public"),
      { project, location: made.location, name: made.name, role: "roles/run.invoker", member: "allUsers" },
      place.options,
    );
  }
  return made;
}

/**
 * What the way and the login need: the client's role for the platform's proxy and for Google's connectors, the user's for
 * a token. Conditions are documented for the first only; the second opens no server that does not know the account.
 */
function grantDatabase(place: CloudPlace, { account, instances }: ServiceParts): pulumi.Resource[] {
  const { access } = place.topology;
  const isIam = access.login === "iam";
  const grants: pulumi.Resource[] = [];
  if (isIam || access.path === "socket") {
    // Of all: any of them may be the primary one day.
    const names = pulumi.all([instances.primary, ...instances.replicas.values()].map(({ name }) => name));
    const condition = names.apply((known) => onlyInstances(place.project, known));
    grants.push(grantRole(place, account, "service-client", "roles/cloudsql.client", condition));
  }
  if (isIam) grants.push(grantRole(place, account, "service-instance-user", "roles/cloudsql.instanceUser"));
  return grants;
}

/** Each secret on its own, and none that the service does not use. */
function grantSecrets(place: CloudPlace, { account, secrets }: ServiceParts): pulumi.Resource[] {
  const used = [...secrets].filter(([name]) => isUsedByService(place.topology, name));
  return used.map(([name, kept]) => letRead(place, name, kept, account));
}
