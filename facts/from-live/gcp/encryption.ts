import type { EncryptionFacts, EndpointFacts } from "../../../requirements/facts/encryption.ts";
import { NOTHING_KNOWN, unknownEndpoint } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { instancesOf } from "../../../topology/resolved-gcp.ts";
import { CLOUD_DECIDES } from "../../cloud-decides.ts";
import { together } from "../encryption.ts";
import type { ClientTls } from "../live-access.ts";
import type { ServerSettings } from "../settings.ts";
import { accepts, refuses } from "../tls-probe.ts";
import { observeSql, type SqlCollector } from "./sql-collector.ts";

const NO_NAMES = new Missing(
  "not-applicable",
  "a per-instance authority signs no names (verify-ca), which instances/names-in-certificates judges",
);
const NOT_ACCEPTED = new Missing(
  "not-applicable",
  "no connection with TLS, which encryption/verify-full-accepted judges",
);

/** The cloud's own sessions, and those of its connectors, come from within the server and are encrypted before it. */
const PLAIN_SESSIONS = `
SELECT coalesce(a.usename, '') AS role, host(a.client_addr) AS address
FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
WHERE NOT s.ssl AND a.client_addr IS NOT NULL AND NOT a.client_addr <<= '127.0.0.0/8' AND a.client_addr <> '::1'
  AND coalesce(a.usename, '') NOT LIKE 'cloudsql%' AND a.application_name <> 'pgt-verify'`;

/** Connects to each instance as clients that must get in, and as clients that must not. */
export async function readCloudEncryption(
  collector: SqlCollector,
  settings: ReadonlyMap<string, Fact<ServerSettings>>,
): Promise<EncryptionFacts> {
  const parts = instancesOf(collector.access.topology).map(({ part }) => part);
  const [endpoints, plainSessions] = await Promise.all([
    Promise.all(parts.map((part) => readEndpoint(collector, part, settings.get(part)))),
    Promise.all(parts.map((part) => plainSessionsOf(collector, part))),
  ]);
  return {
    ...NOTHING_KNOWN.encryption,
    ...CLOUD_DECIDES.encryption,
    endpoints,
    plainSessions: together(plainSessions),
  };
}

async function readEndpoint(
  collector: SqlCollector,
  part: string,
  settings: Fact<ServerSettings> | undefined,
): Promise<EndpointFacts> {
  const { access } = collector;
  const dial = (tls: ClientTls) => access.connect({ part, role: "readWrite", tls });
  const refused = (tls: Exclude<ClientTls, "verify-full">): Promise<Fact<boolean>> =>
    observeSql(collector, { name: `a connection to ${part} with ${tls}`, needs: [part] }, () => refuses(dial, tls));
  const [verified, plaintextRefused, wrongCaRefused] = await Promise.all([
    observeSql(collector, { name: `a connection to ${part} with TLS`, needs: [part] }, () => accepts(dial, access.now)),
    refused("none"),
    refused("stranger-ca"),
  ]);
  const hasNames = access.topology.access.tlsMode === "verify-full";
  return {
    ...unknownEndpoint(part),
    ...CLOUD_DECIDES.endpoint,
    plaintextRefused,
    wrongCaRefused,
    verifyFullAccepted: !hasNames ? NO_NAMES : isKnown(verified) ? verified.accepted : verified,
    certificateDaysLeft: isKnown(verified) ? (verified.daysLeft ?? NOT_ACCEPTED) : verified,
    minProtocolVersion:
      settings !== undefined && isKnown(settings)
        ? (settings.parameters.ssl_min_protocol_version ?? "")
        : (settings ?? new Missing("unknown", `no settings of ${part}`)),
  };
}

function plainSessionsOf(collector: SqlCollector, part: string): Promise<Fact<readonly string[]>> {
  return observeSql(collector, { name: `the sessions of ${part}`, needs: [part] }, async () => {
    const session = await collector.access.administrator(part);
    const rows = await session.rows<{ role: string; address: string }>(PLAIN_SESSIONS);
    return rows.map(({ address, role }) => `${part}: ${role} from ${address}`);
  });
}
