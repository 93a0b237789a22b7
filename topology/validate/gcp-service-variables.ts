import { CLOUD_RUN_RESERVED_VARIABLES } from "../limits/cloud-run.ts";
import type { GcpRule } from "./gcp-rule.ts";

/** How variables begin that the service gets from the topology: what `pgt env` prints, and libpq's own. */
const TOPOLOGY_VARIABLES = /^(POSTGRES_|PG|DATABASE_|DB_|USE_READ_REPLICA$|REPLICA_FALLBACK_)/;

const platformSetsItsOwnVariables: GcpRule = ({ service }) =>
  Object.keys(service?.environment ?? {})
    .filter((name) => CLOUD_RUN_RESERVED_VARIABLES.names.includes(name))
    .map((name) => ({
      where: `service.environment.${name}`,
      got: name,
      want: "not to be set",
      because: "Cloud Run sets it itself, and refuses it",
      fix: name === "PORT" ? "remove it, and set service.port" : "remove it",
    }));

const topologySetsItsOwnVariables: GcpRule = ({ service }) =>
  Object.keys(service?.environment ?? {})
    .filter((name) => TOPOLOGY_VARIABLES.test(name))
    .map((name) => ({
      where: `service.environment.${name}`,
      got: name,
      want: "not to be set here",
      because: "names that begin like this are the topology's, which hands its connections on in them",
      fix: "remove it, or choose another name",
    }));

/** Which variables are not the user's. */
export const SERVICE_VARIABLE_RULES = {
  platformSetsItsOwnVariables,
  topologySetsItsOwnVariables,
} satisfies Readonly<Record<string, GcpRule>>;
