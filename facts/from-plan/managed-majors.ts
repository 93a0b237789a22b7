import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { digitalOceanPlan } from "./digitalocean/types.ts";
import { GCP_TYPES } from "./gcp/resource-types.ts";
import { type PlannedResource, text } from "./planned-resource.ts";
import { readOnce } from "./read-once.ts";

/**
 * Major versions of the managed PostgreSQL in a plan; one that is not known makes all of them unknown. Each database of a
 * stack asks for them.
 */
export const managedMajors = readOnce((resources: readonly PlannedResource[]): Known<readonly number[]> => {
  const versions = [
    ...digitalOceanPlan(resources).cluster.map(({ props }) => text(props, "version")),
    ...resources.filter(({ type }) => type === GCP_TYPES.instance).map(({ props }) => text(props, "databaseVersion")),
  ];
  // Other engines of Cloud SQL are no matter here.
  const own = versions.filter((version) => typeof version !== "string" || /^(POSTGRES_)?\d/.test(version));
  const majors = own.map((version) => (typeof version === "string" ? Number(/\d+/.exec(version)?.[0]) : UNKNOWN));
  const known = majors.filter((major) => major !== UNKNOWN);
  return known.length < majors.length ? UNKNOWN : [...new Set(known)];
});
