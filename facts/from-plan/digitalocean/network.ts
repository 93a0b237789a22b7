import type { Known } from "../../../requirements/known.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import { type PlannedResource, text } from "../planned-resource.ts";

/**
 * The VPC that something is put into: its id, or, before it is made, the resource's name; `undefined` is the account's
 * default one of the region, which is where the platform puts what names none.
 * @see https://github.com/digitalocean/openapi/blob/main/specification/resources/databases/models/database_cluster.yml
 */
export function networkOf(resource: PlannedResource, property: string): Known<string | undefined> {
  const id = text(resource.props, property);
  if (id !== UNKNOWN) return id;
  const [vpc, ...others] = resource.dependencies?.[property] ?? [];
  return vpc === undefined || others.length > 0 ? UNKNOWN : `(${vpc.name})`;
}
