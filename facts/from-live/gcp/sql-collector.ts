import { Missing } from "../../../requirements/known.ts";
import { CLOUD_SQL_POOLER_PORT, CLOUD_SQL_PORT } from "../../../topology/cloud-sql-words.ts";
import type { ResolvedGcp } from "../../../topology/resolved-gcp.ts";
import { type ManagedLogin, sharedAdministrators, type SqlCollector } from "../managed/sql-collector.ts";
import type { CloudAccess, CloudEndpoint } from "./cloud-access.ts";
import type { InstanceAnswer } from "./cloud-sql-api.ts";
import type { Answers } from "./read-instances.ts";

/** Why nothing was asked by SQL. */
const NO_VANTAGE = new Missing(
  "unknown",
  "no vantage: the instances have private addresses only. Run it on a machine inside the VPC and say so " +
    "(--vantage inside), or have the stack's own Cloud Run job do it (--vantage job)",
);

/** Collects by SQL from what the cloud said of the instances: their addresses, names and authorities. */
export function sqlCollector(cloud: CloudAccess, answers: Answers): SqlCollector {
  const { dial, now, probeConnections, signal, topology } = cloud;
  const connect: SqlCollector["access"]["connect"] = async (login) => {
    if (dial === undefined) throw new Error(NO_VANTAGE.reason);
    return dial(endpointOf(topology, login, answers.get(login.part)), login);
  };
  return {
    access: { now, probeConnections, signal, connect, administrator: sharedAdministrators(connect) },
    conditions: new Map([...answers].map(([part, answer]) => [part, conditionOf(answer)])),
    closed: dial === undefined ? NO_VANTAGE : undefined,
  };
}

/** In the words of an `Observer`: an instance that does not serve is not asked. */
function conditionOf(answer: InstanceAnswer | Missing | undefined): string {
  if (answer === undefined) return "absent";
  if (answer instanceof Missing || answer.state === undefined) return "";
  return answer.state === "RUNNABLE" ? "running" : answer.state.toLowerCase();
}

/**
 * The host is the name in the certificate where the authority signs one, else the private address.
 * @throws {Error} where the cloud did not say it
 */
export function endpointOf(
  { access }: ResolvedGcp,
  { part, pooled }: Pick<ManagedLogin, "part" | "pooled">,
  answer: InstanceAnswer | Missing | undefined,
): CloudEndpoint {
  if (answer === undefined || answer instanceof Missing) throw new Error(answer?.reason ?? `${part} is not there`);
  const port = pooled === true ? CLOUD_SQL_POOLER_PORT : CLOUD_SQL_PORT;
  const caCertificate = answer.serverCaCert?.cert;
  if (caCertificate === undefined) throw new Error(`the cloud gave no certificate authority of ${part}`);
  if (access.tlsMode === "verify-full") {
    const name = answer.dnsNames?.find(
      ({ connectionType, dnsScope }) => connectionType === "PRIVATE_SERVICES_ACCESS" && dnsScope === "INSTANCE",
    )?.name;
    if (name === undefined) throw new Error(`the cloud gave no name of ${part}, and an address is in no certificate`);
    const host = name.replace(/\.$/, "");
    return { part, host, port, serverName: host, caCertificate };
  }
  const host = answer.ipAddresses?.find(({ type }) => type === "PRIVATE")?.ipAddress;
  if (host === undefined) throw new Error(`the cloud gave no private address of ${part}`);
  return { part, host, port, serverName: undefined, caCertificate };
}
