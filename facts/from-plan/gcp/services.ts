import type { Grant } from "../../../requirements/facts/grant.ts";
import type { ServiceFacts } from "../../../requirements/facts/services.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { flag, mapKnown, object, objects, type Planned, type PlannedResource, text } from "../planned-resource.ts";
import { hasSecret, isSecretName } from "../secret-variables.ts";
import { GCP_TYPES, ofTypes, sources } from "./resource-types.ts";

type Props = Readonly<Record<string, Planned>>;

/** What runs on Cloud Run, of either API. */
export const SERVICE_TYPES = {
  [GCP_TYPES.service]: "service",
  [GCP_TYPES.oldService]: "service",
  [GCP_TYPES.job]: "job",
  [GCP_TYPES.workerPool]: "worker pool",
} as const satisfies Readonly<Record<string, ServiceFacts["kind"]>>;

export const NO_INGRESS = new Missing("not-applicable", "it takes no requests");
export const ONCE = new Missing("not-applicable", "a job can be made again at any time");
const NO_GUARD = new Missing("not-applicable", "the first version of the API has no such guard");
/** https://cloud.google.com/run/docs/securing/ingress: all, unless told. */
const DEFAULT_INGRESS = "all";
/** The account that a project has from the beginning, with the editor's role in most. https://cloud.google.com/iam/docs/service-account-types#default */
const DEFAULT_ACCOUNT = /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/;
/** Variables that name a user of a database. */
const USER_NAME = /^(PG|DB_?|DATABASE_|POSTGRES_|POSTGRESQL_)USER(NAME)?$/i;
/** Variables that log in to a database, when they come from a secret. */
const LOGIN_NAME = /^(PG|DB|DATABASE|POSTGRES|POSTGRESQL)_?(PASS|PASSWORD|URL|URI|DSN)$/i;

/** Services, jobs and pools of workers on Cloud Run. */
export function servicesOf(resources: readonly PlannedResource[]): readonly ServiceFacts[] {
  return ofTypes(resources, Object.keys(SERVICE_TYPES)).map((resource) => {
    const kind = SERVICE_TYPES[resource.type as keyof typeof SERVICE_TYPES];
    const environment = variablesOf(resource);
    return {
      name: resource.name,
      kind,
      openIngress: kind === "service" ? openIngress(resource) : NO_INGRESS,
      plainSecrets: plainSecrets(environment),
      removalRefused: removalRefused(resource, kind),
      ownAccount: ownAccount(resource),
      logins: logins(environment),
    };
  });
}

/** Services that ask nobody who they are, whatever IAM says: as a grant to everybody. */
export function uncheckedServices(resources: readonly PlannedResource[]): readonly Grant[] {
  return ofTypes(resources, [GCP_TYPES.service, GCP_TYPES.oldService]).flatMap((service): Grant[] => {
    const unchecked = isUnchecked(service);
    if (unchecked === false) return [];
    const publicMembers = mapKnown(unchecked, () => ["everybody, by invokerIamDisabled"]);
    return [{ name: service.name, role: "roles/run.invoker", publicMembers, toServiceAccount: false }];
  });
}

/** https://cloud.google.com/run/docs/securing/managing-access#invoker_check */
function isUnchecked({ props, type }: PlannedResource): Known<boolean> {
  if (type === GCP_TYPES.service) return flag(props, "invokerIamDisabled");
  return mapKnown(object(props, "metadata"), (metadata) =>
    mapKnown(object(metadata, "annotations"), (all) => flag(all, "run.googleapis.com/invoker-iam-disabled")),
  );
}

/** The part of a service that says what runs: one level deeper of a job, and of the first version of the API. */
export function templateOf({ props, type }: PlannedResource): Known<Props> {
  const template = object(props, "template");
  if (type === GCP_TYPES.job) return mapKnown(template, (outer) => object(outer, "template"));
  if (type === GCP_TYPES.oldService) return mapKnown(template, (outer) => object(outer, "spec"));
  return template;
}

/** What has no name is not known by it. */
export function nameOf(name: Planned): string {
  return typeof name === "string" ? name : "";
}

/** Variables of all its containers. */
export function variablesOf(resource: PlannedResource): Known<readonly Props[]> {
  return mapKnown(templateOf(resource), (template) =>
    mapKnown(objects(template, "containers"), (containers) => {
      const lists = containers.map((container) => objects(container, "envs"));
      return lists.includes(UNKNOWN) ? UNKNOWN : lists.flatMap((list) => (list === UNKNOWN ? [] : list));
    }),
  );
}

function openIngress({ props, type }: PlannedResource): Known<boolean> {
  const said =
    type === GCP_TYPES.oldService
      ? mapKnown(object(props, "metadata"), (metadata) =>
          mapKnown(object(metadata, "annotations"), (all) => text(all, "run.googleapis.com/ingress")),
        )
      : text(props, "ingress");
  return mapKnown(said, (ingress = DEFAULT_INGRESS) =>
    ["all", "INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_UNSPECIFIED"].includes(ingress),
  );
}

/** On unless told: https://www.pulumi.com/registry/packages/gcp/api-docs/cloudrunv2/service/#deletionprotection_nodejs */
function removalRefused({ props, type }: PlannedResource, kind: ServiceFacts["kind"]): Fact<boolean> {
  if (kind === "job") return ONCE;
  if (type === GCP_TYPES.oldService) return NO_GUARD;
  return props.deletionProtection === undefined || props.deletionProtection === null
    ? true
    : flag(props, "deletionProtection");
}

function ownAccount(resource: PlannedResource): Known<boolean> {
  const field = resource.type === GCP_TYPES.oldService ? "serviceAccountName" : "serviceAccount";
  return mapKnown(templateOf(resource), (template) => {
    const account = text(template, field);
    // The address of one that is made in the same stack is not known yet, but it is not the default one.
    if (account === UNKNOWN) return sources(resource, "template", GCP_TYPES.account).length > 0 ? true : UNKNOWN;
    return account !== undefined && !DEFAULT_ACCOUNT.test(account);
  });
}

/** A value that is not known yet under an ordinary name may have a password in it. */
function plainSecrets(environment: Known<readonly Props[]>): Known<readonly string[]> {
  return mapKnown(environment, (variables) => {
    const plain = variables.filter(({ value }) => value !== undefined && value !== null && value !== "");
    const found = plain.filter(
      ({ name, value }) => isSecretName(nameOf(name)) || (typeof value === "string" && hasSecret(value)),
    );
    if (found.length > 0) return found.map(({ name }) => nameOf(name));
    return plain.some(({ name, value }) => typeof name !== "string" || typeof value === "symbol") ? UNKNOWN : [];
  });
}

function logins(environment: Known<readonly Props[]>): Known<readonly string[]> {
  return mapKnown(environment, (variables) => {
    const all = variables.flatMap((variable): Known<string>[] => {
      const name = nameOf(variable.name);
      if (USER_NAME.test(name) && "value" in variable) return [named("user", text(variable, "value"))];
      return LOGIN_NAME.test(name) ? secretOf(variable) : [];
    });
    return all.includes(UNKNOWN) ? UNKNOWN : all.filter((one) => typeof one === "string");
  });
}

/** The name of the secret that a variable comes from, in the words of either API. */
function secretOf(variable: Props): Known<string>[] {
  for (const outer of ["valueSource", "valueFrom"]) {
    const source = object(variable, outer);
    const reference = source === UNKNOWN ? UNKNOWN : object(source, "secretKeyRef");
    if (reference === UNKNOWN) return [UNKNOWN];
    const name = "secret" in reference ? text(reference, "secret") : text(reference, "name");
    if (name !== undefined) return [named("secret", name)];
  }
  return [];
}

function named(what: string, name: Known<string | undefined>): Known<string> {
  return mapKnown(name, (known) => (known === undefined ? UNKNOWN : `${what} ${known}`));
}
