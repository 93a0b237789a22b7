import type { EncryptionFacts, EndpointFacts } from "../../requirements/facts/encryption.ts";
import { unknownEndpoint } from "../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import { parseKeywords } from "../conf-files.ts";
import type { HbaLine } from "../hba.ts";
import type { ClientTls } from "./live-access.ts";
import { type Collector, observe } from "./observe.ts";
import type { PoolerConfig } from "./pooler-console.ts";
import type { ServerSettings } from "./settings.ts";
import { accepts, type Dial, refuses } from "./tls-probe.ts";

/** PgBouncer's `client_tls_protocols` → the oldest version in it. */
const OLDEST: Readonly<Record<string, string>> = { "tlsv1.3": "TLSv1.3", secure: "TLSv1.2", "tlsv1.2": "TLSv1.2" };

/** What the collectors before found out. */
export interface EncryptionBasis {
  readonly settings: ReadonlyMap<string, Fact<ServerSettings>>;
  /** Lines of pg_hba.conf that are in force, by part. */
  readonly hba: ReadonlyMap<string, Fact<readonly HbaLine[]>>;
  /** Undefined without a pooler. */
  readonly pooler: Fact<PoolerConfig> | undefined;
}

/** Connects as clients that must get in, and as clients that must not. */
export async function readEncryption(collector: Collector, basis: EncryptionBasis): Promise<EncryptionFacts> {
  const { topology } = collector.access;
  const parts = [...nodesOf(topology).map(({ part }) => part), ...(basis.pooler === undefined ? [] : ["pooler"])];
  const [endpoints, plainSessions] = await Promise.all([
    Promise.all(parts.map((part) => readEndpoint(collector, part, basis))),
    readPlainSessions(collector),
  ]);
  return {
    endpoints,
    poolerServerMode: fromPooler(basis, "server_tls_sslmode"),
    replicaModes: Object.fromEntries(
      topology.replicas.map(({ part }) => [
        part,
        fromSettings(
          basis,
          part,
          ({ parameters }) => parseKeywords(parameters.primary_conninfo ?? "").sslmode ?? "prefer",
        ),
      ]),
    ),
    plainSessions,
  };
}

async function readEndpoint(collector: Collector, part: string, basis: EncryptionBasis): Promise<EndpointFacts> {
  const [verified, plaintext, stranger, old] = await Promise.all([
    observe(collector, { name: `a verify-full connection to ${part}`, needs: needsOf(collector, part) }, () =>
      accepts(dialTo(collector, part), collector.access.now),
    ),
    refused(collector, part, "none"),
    refused(collector, part, "stranger-ca"),
    refused(collector, part, "below-minimum"),
  ]);
  return {
    ...unknownEndpoint(part),
    verifyFullAccepted: isKnown(verified) ? verified.accepted : verified,
    certificateDaysLeft: isKnown(verified) ? (verified.daysLeft ?? GONE) : verified,
    plaintextRefused: plaintextRefused(plaintext, basis.hba.get(part)),
    wrongCaRefused: stranger,
    oldProtocolRefused: old,
    minProtocolVersion:
      part === "pooler"
        ? oldestOf(fromPooler(basis, "client_tls_protocols"))
        : fromSettings(basis, part, ({ parameters }) => parameters.ssl_min_protocol_version ?? ""),
  };
}

const GONE = new Missing("not-applicable", "no connection with TLS, which encryption/verify-full judges");

/** Both must say no: the client that tried, and every line that somebody else would match. */
export function plaintextRefused(tried: Fact<boolean>, hba: Fact<readonly HbaLine[]> | undefined): Fact<boolean> {
  if (hba === undefined || !isKnown(tried) || !tried) return tried;
  if (!isKnown(hba)) return hba;
  return hba.every(({ method, type }) => method === "reject" || type === "local" || type === "hostssl");
}

function refused(collector: Collector, part: string, tls: Exclude<ClientTls, "verify-full">): Promise<Fact<boolean>> {
  const name = `a connection to ${part} with ${tls}`;
  return observe(collector, { name, needs: needsOf(collector, part) }, () => refuses(dialTo(collector, part), tls));
}

function dialTo({ access }: Collector, part: string): Dial {
  return (tls) => access.connect({ part, role: "readWrite", tls });
}

/** The pooler lets nobody in without the primary, which it looks passwords up in. */
function needsOf({ access }: Collector, part: string): string[] {
  return part === "pooler" ? [part, access.topology.primary.part] : [part];
}

const PLAIN_SESSIONS = `
SELECT coalesce(a.usename, '') AS role, host(a.client_addr) AS address
FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
WHERE NOT s.ssl AND a.client_addr IS NOT NULL AND a.application_name <> 'pgt-verify'`;

async function readPlainSessions(collector: Collector): Promise<Fact<readonly string[]>> {
  const nodes = nodesOf(collector.access.topology);
  const read = await Promise.all(
    nodes.map(({ part }) =>
      observe(collector, { name: `the sessions of ${part}`, needs: [part] }, () =>
        collector.access.administrator(part).then(async (session) => {
          const rows = await session.rows<{ role: string; address: string }>(PLAIN_SESSIONS);
          return rows.map(({ address, role }) => `${part}: ${role} from ${address}`);
        }),
      ),
    ),
  );
  return together(read);
}

/** One list of several: a part that does not run adds nothing, one that is unknown leaves all unknown. */
export function together(facts: readonly Fact<readonly string[]>[]): Fact<readonly string[]> {
  const known = facts.filter(isKnown).flat();
  const missing = facts.filter((fact) => !isKnown(fact));
  if (known.length > 0 || missing.length === 0) return known;
  const unknown = missing.find((fact) => !(fact instanceof Missing && fact.status === "not-applicable"));
  if (unknown !== undefined) return unknown;
  return missing.length === facts.length ? (missing[0] ?? known) : known;
}

function fromSettings<T>(
  { settings }: Pick<EncryptionBasis, "settings">,
  part: string,
  pick: (read: ServerSettings) => T,
): Fact<T> {
  const read = settings.get(part);
  if (read === undefined) return new Missing("unknown", `no settings of ${part}`);
  return isKnown(read) ? pick(read) : read;
}

function fromPooler({ pooler }: EncryptionBasis, name: string): Fact<string | undefined> {
  if (pooler === undefined) return undefined;
  return isKnown(pooler) ? pooler.settings[name] : pooler;
}

function oldestOf(protocols: Fact<string | undefined>): Fact<string> {
  if (!isKnown(protocols)) return protocols;
  return OLDEST[protocols ?? ""] ?? `PgBouncer's ${protocols ?? "nothing"}`;
}
