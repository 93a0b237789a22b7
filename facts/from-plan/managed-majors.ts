import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { digitalOceanPlan } from "./digitalocean/types.ts";
import { type PlannedResource, text } from "./planned-resource.ts";

const CLOUD_SQL_TYPE = "gcp:sql/databaseInstance:DatabaseInstance";

/** Read once of a stack, for each of its databases. */
const READ = new WeakMap<readonly PlannedResource[], Known<readonly number[]>>();

/** Major versions of the managed PostgreSQL in a plan; one that is not known makes all of them unknown. */
export function managedMajors(resources: readonly PlannedResource[]): Known<readonly number[]> {
  const majors = READ.get(resources) ?? readMajors(resources);
  READ.set(resources, majors);
  return majors;
}

function readMajors(resources: readonly PlannedResource[]): Known<readonly number[]> {
  const versions = [
    ...digitalOceanPlan(resources).cluster.map(({ props }) => text(props, "version")),
    ...resources.filter(({ type }) => type === CLOUD_SQL_TYPE).map(({ props }) => text(props, "databaseVersion")),
  ];
  // Other engines of Cloud SQL are no matter here.
  const own = versions.filter((version) => typeof version !== "string" || /^(POSTGRES_)?\d/.test(version));
  const majors = own.map((version) => (typeof version === "string" ? Number(/\d+/.exec(version)?.[0]) : UNKNOWN));
  const known = majors.filter((major) => major !== UNKNOWN);
  return known.length < majors.length ? UNKNOWN : [...new Set(known)];
}
