import type { EncryptionFacts, EndpointFacts } from "../../../requirements/facts/encryption.ts";
import { unknownEndpoint } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { together } from "../encryption.ts";
import type { ClientTls } from "../live-access.ts";
import { accepts, refuses } from "../tls-probe.ts";
import { type ManagedLogin, observeSql, type SqlCollector } from "./sql-collector.ts";

const NO_NAMES = new Missing(
  "not-applicable",
  "a per-instance authority signs no names (verify-ca), which instances/names-in-certificates judges",
);
const NOT_ACCEPTED = new Missing(
  "not-applicable",
  "no connection with TLS, which encryption/verify-full-accepted judges",
);

/** What comes from within the server is encrypted before it. */
const PLAIN_SESSIONS = `
SELECT coalesce(a.usename, '') AS role, host(a.client_addr) AS address
FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
WHERE NOT s.ssl AND a.client_addr IS NOT NULL AND NOT a.client_addr <<= '127.0.0.0/8' AND a.client_addr <> '::1'
  AND a.application_name <> 'pgt-verify'`;

/** Something of the cloud's that clients connect to. */
export interface ManagedEndpoint {
  /** As facts name it. */
  readonly part: string;
  readonly login: Pick<ManagedLogin, "part" | "pooled">;
  /** Its certificate has a name to check. */
  readonly hasNames: boolean;
  readonly minProtocolVersion: Fact<string>;
}

/** What to connect to, and what of it is the cloud's own. */
export interface EncryptionBasis {
  readonly endpoints: readonly ManagedEndpoint[];
  /** Servers whose sessions are looked at. */
  readonly parts: readonly string[];
  /** What the cloud decides of every endpoint. */
  readonly decided: Partial<EndpointFacts>;
  /** Whether a role is the cloud's own. */
  readonly isProviders: (role: string) => boolean;
}

/** Connects to each endpoint as clients that must get in, and as clients that must not. */
export async function readManagedEncryption(
  collector: SqlCollector,
  basis: EncryptionBasis,
): Promise<Pick<EncryptionFacts, "endpoints" | "plainSessions">> {
  const [endpoints, plainSessions] = await Promise.all([
    Promise.all(basis.endpoints.map((endpoint) => readEndpoint(collector, endpoint, basis.decided))),
    Promise.all(basis.parts.map((part) => plainSessionsOf(collector, part, basis.isProviders))),
  ]);
  return { endpoints, plainSessions: together(plainSessions) };
}

async function readEndpoint(
  collector: SqlCollector,
  { hasNames, login, minProtocolVersion, part }: ManagedEndpoint,
  decided: Partial<EndpointFacts>,
): Promise<EndpointFacts> {
  const { access } = collector;
  const needs = [login.part];
  const dial = (tls: ClientTls) => access.connect({ ...login, role: "readWrite", tls });
  const refused = (tls: Exclude<ClientTls, "verify-full">): Promise<Fact<boolean>> =>
    observeSql(collector, { name: `a connection to ${part} with ${tls}`, needs }, () => refuses(dial, tls));
  const [verified, plaintextRefused, wrongCaRefused] = await Promise.all([
    observeSql(collector, { name: `a connection to ${part} with TLS`, needs }, () => accepts(dial, access.now)),
    refused("none"),
    refused("stranger-ca"),
  ]);
  return {
    ...unknownEndpoint(part),
    ...decided,
    plaintextRefused,
    wrongCaRefused,
    verifyFullAccepted: !hasNames ? NO_NAMES : isKnown(verified) ? verified.accepted : verified,
    certificateDaysLeft: isKnown(verified) ? (verified.daysLeft ?? NOT_ACCEPTED) : verified,
    minProtocolVersion,
  };
}

function plainSessionsOf(
  collector: SqlCollector,
  part: string,
  isProviders: (role: string) => boolean,
): Promise<Fact<readonly string[]>> {
  return observeSql(collector, { name: `the sessions of ${part}`, needs: [part] }, async () => {
    const session = await collector.access.administrator(part);
    const rows = await session.rows<{ role: string; address: string }>(PLAIN_SESSIONS);
    return rows.filter(({ role }) => !isProviders(role)).map(({ address, role }) => `${part}: ${role} from ${address}`);
  });
}
