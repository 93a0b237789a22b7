import type { AccessFacts } from "../../requirements/facts/access.ts";
import type { EncryptionFacts, EndpointFacts } from "../../requirements/facts/encryption.ts";
import { NOTHING_KNOWN, unknownEndpoint } from "../../requirements/facts/nothing-known.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { parseKeywords } from "../conf-files.ts";
import { factsFromHba, type HbaFacts, parseHba } from "../hba.ts";
import { parameter } from "../server-parameters.ts";
import { settingBoolean } from "../setting-units.ts";
import { isServer, parametersOf, type PlannedPart, uploadedIni, uploadedText } from "./docker-part.ts";
import { mapKnown, texts } from "./planned-resource.ts";
import { readOnce } from "./read-once.ts";

const TOLD_METHOD = "POSTGRES_HOST_AUTH_METHOD=";

/** How clients of the servers prove who they are: the weakest of all servers counts. */
export function accessFacts(servers: readonly PlannedPart[]): AccessFacts {
  const hba = servers.map(hbaOf);
  const parameters = servers.map(parametersOf);
  const encryptions = parameters.map((known) => mapKnown(known, (all) => parameter(all, "password_encryption")));
  return {
    ...NOTHING_KNOWN.access,
    networkMethods: networkMethods(servers),
    localMethods: union(hba, (facts) => facts.localMethods),
    replicationRoleDatabases: union(hba, (facts) => facts.replicationRoleDatabases),
    passwordEncryption: encryptions.find((method) => method !== "scram-sha-256") ?? encryptions[0] ?? UNKNOWN,
  };
}

/** The weak one of a single server is told, although another's are not known. */
function networkMethods(servers: readonly PlannedPart[]): Known<readonly string[]> {
  const all = servers.map((server) => {
    const hba = hbaOf(server);
    return hba === UNKNOWN ? toldMethods(server) : hba.networkMethods;
  });
  const known = all.filter((methods) => methods !== UNKNOWN).flat();
  const isOpen = known.some((method) => method === "trust" || method === "password");
  if (!isOpen && (all.length === 0 || all.includes(UNKNOWN))) return UNKNOWN;
  return [...new Set(known)].sort();
}

/** What travels in the clear. */
export function encryptionFacts(parts: readonly PlannedPart[], labelled: boolean): EncryptionFacts {
  const pooler = parts.find(({ kind }) => kind === "pooler");
  const replicas = parts.filter(({ kind }) => kind === "replica");
  const endpoints = [...parts.filter(isServer).map(serverEndpoint), ...(pooler ? [poolerEndpoint(pooler)] : [])];
  return {
    ...NOTHING_KNOWN.encryption,
    endpoints,
    poolerServerMode: pooler ? setting(pooler, "server_tls_sslmode", "prefer") : labelled ? undefined : UNKNOWN,
    replicaModes: labelled
      ? Object.fromEntries(replicas.map((replica) => [replica.part, replicationMode(replica)]))
      : UNKNOWN,
  };
}

const hbaOf = readOnce((server: PlannedPart): Known<HbaFacts> =>
  mapKnown(uploadedText(server, "pg_hba.conf"), (text) =>
    text === undefined ? UNKNOWN : factsFromHba(parseHba(text)),
  ),
);

/**
 * The method that the official image writes into pg_hba.conf for the network, where it is told one.
 * @see https://github.com/docker-library/docs/blob/master/postgres/README.md#postgres_host_auth_method
 */
function toldMethods({ resource }: PlannedPart): Known<readonly string[]> {
  const variables = texts(resource.props, "envs");
  const told = variables === UNKNOWN ? undefined : variables.find((one) => one.startsWith(TOLD_METHOD));
  return told === undefined ? UNKNOWN : [told.slice(TOLD_METHOD.length)];
}

function serverEndpoint(server: PlannedPart): EndpointFacts {
  const parameters = parametersOf(server);
  return {
    ...unknownEndpoint(server.part),
    plaintextRefused: mapKnown(hbaOf(server), (hba) =>
      mapKnown(parameters, (all) =>
        mapKnown(settingBoolean(parameter(all, "ssl")), (ssl) => ssl && hba.plaintextRefused),
      ),
    ),
    minProtocolVersion: mapKnown(parameters, (all) => parameter(all, "ssl_min_protocol_version")),
  };
}

/** PgBouncer's modes that refuse a client without TLS. */
const REFUSING_MODES: readonly string[] = ["require", "verify-ca", "verify-full"];

function poolerEndpoint(pooler: PlannedPart): EndpointFacts {
  return {
    ...unknownEndpoint(pooler.part),
    plaintextRefused: mapKnown(setting(pooler, "client_tls_sslmode", "disable"), (mode) =>
      REFUSING_MODES.includes(mode),
    ),
    minProtocolVersion: mapKnown(setting(pooler, "client_tls_protocols", "secure"), oldestProtocol),
  };
}

/** The oldest of PgBouncer's list of versions. @see https://www.pgbouncer.org/config.html#client_tls_protocols */
function oldestProtocol(list: string): Known<string> {
  if (list === "secure") return "TLSv1.2";
  if (list === "all" || list === "legacy") return "TLSv1.0";
  const versions = list.split(/[\s,]+/).map((version) => version.replace(/^tls/i, "TLS"));
  return versions.sort()[0] ?? UNKNOWN;
}

/** libpq's default, where the connection string has no sslmode, is `prefer`. */
function replicationMode(replica: PlannedPart): Known<string> {
  return mapKnown(parametersOf(replica), (parameters) => {
    const conninfo = parseKeywords(parameter(parameters, "primary_conninfo"));
    return conninfo.sslmode ?? "prefer";
  });
}

function setting(pooler: PlannedPart, name: string, fallback: string): Known<string> {
  return mapKnown(uploadedIni(pooler, "pgbouncer.ini"), (ini) => ini.pgbouncer?.[name] ?? fallback);
}

function union(all: readonly Known<HbaFacts>[], list: (hba: HbaFacts) => readonly string[]): Known<readonly string[]> {
  const known = all.filter((hba): hba is HbaFacts => hba !== UNKNOWN);
  if (known.length === 0 || known.length < all.length) return UNKNOWN;
  return [...new Set(known.flatMap(list))].sort();
}
