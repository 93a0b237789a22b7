import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import type * as pulumi from "@pulumi/pulumi";
import { accountId } from "../../topology/service-accounts.ts";
import type { CloudPlace } from "./cloud-place.ts";

/** A service account for one purpose. What it may do, {@link grantRole} says. */
export function createServiceAccount(place: CloudPlace, role: string, purpose: string): Account {
  const { topology, project, suffix } = place;
  return new Account(
    place.childName(`${role}-account`),
    {
      accountId: accountId(topology.stack, role, suffix),
      project,
      displayName: place.name(role),
      description: purpose,
    },
    place.options,
  );
}

/** A role of the project for a service account, as far as the condition goes. */
export function grantRole(
  place: CloudPlace,
  account: Account,
  name: string,
  role: pulumi.Input<string>,
  condition?: pulumi.Input<RoleCondition>,
): IAMMember {
  return new IAMMember(
    place.childName(name),
    { project: place.project, role, member: account.member, condition },
    place.options,
  );
}

/** When a role holds, as IAM writes it. */
interface RoleCondition {
  readonly title: string;
  readonly expression: string;
}

/**
 * What makes a role good for some instances of the project only.
 * @see https://cloud.google.com/sql/docs/postgres/iam-conditions
 */
export function onlyInstances(project: string, instances: readonly string[]): RoleCondition {
  const names = instances.map((instance) => `resource.name == "projects/${project}/instances/${instance}"`);
  return { title: "instances of the topology", expression: ofCloudSql(names) };
}

/** As {@link onlyInstances}, with what lies below an instance: its backups are resources of their own. */
export function instancesAndBackups(project: string, instances: readonly string[]): RoleCondition {
  const names = instances.flatMap((instance) => {
    const name = `projects/${project}/instances/${instance}`;
    return [`resource.name == "${name}"`, `resource.name.startsWith("${name}/")`];
  });
  return { title: "instances of the topology and their backups", expression: ofCloudSql(names) };
}

function ofCloudSql(names: readonly string[]): string {
  return `resource.service == "sqladmin.googleapis.com" && (${names.join(" || ")})`;
}
