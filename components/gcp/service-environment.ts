import type { types } from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { SERVICE_PATHS } from "../../rendering/pgbouncer-sidecar-ini.ts";
import { environmentVariables } from "../../topology/environment-variables.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import { type ConnectionSecret, routeUrl } from "./connection-secrets.ts";
import type { Route, ServiceRoutes } from "./service-routes.ts";
import type { StoredSecret } from "./stored-secret.ts";

type Variable = types.input.cloudrunv2.ServiceTemplateContainerEnv;
/** As it is, or where it is kept. */
type VariableValue = { readonly text: pulumi.Input<string> } | { readonly kept: StoredSecret };

/** What the variables are made of. */
export interface EnvironmentFacts {
  readonly routes: ServiceRoutes;
  readonly secrets: ReadonlyMap<ConnectionSecret, StoredSecret>;
  /** PostgreSQL's name of the service's account. */
  readonly iamUser: pulumi.Output<string>;
}

/** The variables of the service: the topology's, and the user's own, which validation keeps apart. */
export function serviceEnvironment(
  topology: ResolvedGcp,
  facts: EnvironmentFacts,
  own: Readonly<Record<string, string>>,
): Variable[] {
  const variables = { ...topologyVariables(topology, facts), ...own };
  return Object.entries(variables).map(([name, value]) => variable(name, value));
}

function topologyVariables(
  topology: ResolvedGcp,
  { routes, secrets, iamUser }: EnvironmentFacts,
): Record<string, VariableValue | string> {
  const { access, roles, database, application } = topology;
  const { direct, pooled } = routes;
  const { writer, reader } = pooled ?? direct;
  const login = { user: access.login === "iam" ? iamUser : pulumi.output(roles.readWrite), password: undefined };
  // A line with a password is kept; one without is none of anybody's secrets.
  const url = (name: ConnectionSecret, route: Route): VariableValue =>
    keptIn(secrets, name) ?? { text: routeUrl(access, route, login) };
  return environmentVariables<VariableValue>({
    writer: endpoint(direct.writer),
    reader: direct.reader && endpoint(direct.reader),
    pooled: pooled && endpoint(pooled.writer),
    pooledReader: pooled?.reader && endpoint(pooled.reader),
    pooledTlsMode: pooled && (pooled.writer.hasTls ? access.tlsMode : "disable"),
    database,
    user: { text: login.user },
    password: keptIn(secrets, "service-password"),
    url: url("writer-url", writer),
    readerUrl: reader && url("reader-url", reader),
    tls: direct.writer.hasTls ? { mode: access.tlsMode, caFile: SERVICE_PATHS.caCertificate } : undefined,
    application,
  });
}

function endpoint({ host, port, database }: Route): { host: VariableValue; port: number; database: string } {
  return { host: { text: host }, port, database };
}

function keptIn(
  secrets: ReadonlyMap<ConnectionSecret, StoredSecret>,
  name: ConnectionSecret,
): VariableValue | undefined {
  const kept = secrets.get(name);
  return kept && { kept };
}

/** A secret is named with its version: https://cloud.google.com/run/docs/configuring/secrets */
function variable(name: string, value: VariableValue | string): Variable {
  if (typeof value === "string") return { name, value };
  if ("text" in value) return { name, value: value.text };
  return { name, valueSource: { secretKeyRef: { secret: value.kept.secretId, version: value.kept.version } } };
}
