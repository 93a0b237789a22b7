import { type Support, SUPPORTED, unsupported } from "./capabilities/feature.ts";
import type { Issue } from "./issue.ts";
import { CLOUD_SQL_DOCS, notConfirmed, type Provenance, readAt } from "./limits/limit.ts";
import type { ResolvedAccess, ResolvedGcp } from "./resolved-gcp.ts";

/** One way for the service to reach the primary on Cloud SQL. */
export interface PoolingAccess {
  readonly path: ResolvedAccess["path"];
  readonly pooling: "managed" | "sidecar" | "none";
  readonly login: ResolvedAccess["login"];
  readonly support: Support;
  /** What a user of this way has to know; for an unsupported one, nothing more than its reason. */
  readonly note?: string;
  readonly sources: readonly Provenance[];
}

const POOLING = readAt(`${CLOUD_SQL_DOCS}/managed-connection-pooling`);
const IAM_LOGINS = readAt(`${CLOUD_SQL_DOCS}/iam-logins`);
const CLOUD_RUN = readAt(`${CLOUD_SQL_DOCS}/connect-run`);
/** Open: seen with the Auth Proxy; the fixes that wait for a review say that the pooler keeps the token of a connection. */
const POOLED_TOKENS = readAt("https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/2553", "2026-02-17");
/** The socket of Cloud Run is the Auth Proxy, built in; it hands out no tokens by itself. */
const BUILT_IN_PROXY = readAt("https://github.com/GoogleCloudPlatform/cloud-sql-jdbc-socket-factory/issues/1189");
const PGBOUNCER = readAt("https://www.pgbouncer.org/config.html");

const TOKEN = "the application shows a fresh token of its service account as the password of each new connection";
const NO_TOKENS = unsupported(
  "PgBouncer shows the servers one password for each user, from a file; a token is good for an hour",
  "set access.login to password",
);
const POOLED_SOCKET = unsupported(
  "the pooler is documented for direct connections and for the Auth Proxy; that the socket of Cloud Run leads to it is written nowhere",
  "set access.path to private-address",
);
const POOLED_SOCKET_SOURCE = notConfirmed(
  POOLING.source,
  "the page names ports 6432 (direct) and 3307 (Auth Proxy), and says nothing of Cloud Run's own socket",
);

/** Path × pooling × login: every cell. */
export const POOLING_ACCESS: readonly PoolingAccess[] = [
  cell("private-address", "none", "iam", SUPPORTED, [IAM_LOGINS], `port 5432; ${TOKEN}`),
  cell("private-address", "none", "password", SUPPORTED, [CLOUD_RUN], "port 5432"),
  // Before general availability the page said that IAM users can't use the pooler; it now allows them on both ports.
  cell(
    "private-address",
    "managed",
    "iam",
    SUPPORTED,
    [POOLING, POOLED_TOKENS],
    `port 6432, and 5432 past the pooler; ${TOKEN}; through the Auth Proxy, which is another way, logins were seen to fail after tokens had ended`,
  ),
  cell("private-address", "managed", "password", SUPPORTED, [POOLING], "port 6432, and 5432 past the pooler"),
  cell("private-address", "sidecar", "iam", NO_TOKENS, [PGBOUNCER]),
  cell(
    "private-address",
    "sidecar",
    "password",
    SUPPORTED,
    [PGBOUNCER],
    "port 6432 of the instance's own loopback; users and passwords in a file from Secret Manager",
  ),
  cell(
    "socket",
    "none",
    "iam",
    SUPPORTED,
    [IAM_LOGINS, BUILT_IN_PROXY],
    `the socket has no automatic IAM login: ${TOKEN}`,
  ),
  cell("socket", "none", "password", SUPPORTED, [CLOUD_RUN]),
  cell("socket", "managed", "iam", POOLED_SOCKET, [POOLED_SOCKET_SOURCE]),
  cell("socket", "managed", "password", POOLED_SOCKET, [POOLED_SOCKET_SOURCE]),
  cell("socket", "sidecar", "iam", NO_TOKENS, [PGBOUNCER]),
  cell(
    "socket",
    "sidecar",
    "password",
    SUPPORTED,
    [
      notConfirmed(
        PGBOUNCER.source,
        "PgBouncer connects to sockets, and Cloud Run mounts them into any container; not tried together",
      ),
    ],
    "PgBouncer goes on through the socket; users and passwords in a file from Secret Manager",
  ),
];

/** What a client can check of a server, by who signed its certificate. Through the socket, the platform checks. */
export interface TlsCheck {
  readonly authority: ResolvedAccess["certificateAuthority"];
  readonly mode: ResolvedAccess["tlsMode"];
  readonly why: string;
  readonly socket: Support;
  readonly sources: readonly Provenance[];
}

/** The page asks for the per-instance authority, and Cloud Run was seen to fail with the shared one. */
const SOCKET_NEEDS_OWN_CA = unsupported(
  "the socket that Cloud Run mounts knows the per-instance authority only",
  "set access.certificateAuthority to per-instance, or access.path to private-address",
);
const SOCKET_AUTHORITY = [
  readAt(`${CLOUD_SQL_DOCS}/connect-functions`),
  readAt("https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/2445", "2025-05-06"),
];
/** How Google's own connectors compare: by DNS name, and by project:instance for the per-instance authority alone. */
const CONNECTORS = readAt("https://github.com/GoogleCloudPlatform/cloud-sql-go-connector/pull/910", "2025-01-09");
const HAS_NAME = "the certificate carries the instance's DNS name: connect by that name, never by an address";

/** Authority by authority. */
export const TLS_CHECKS: readonly TlsCheck[] = [
  {
    authority: "per-instance",
    mode: "verify-ca",
    why: "the certificate carries project:instance, which is no host name; each instance has an authority of its own, so that it proves the instance",
    socket: SUPPORTED,
    sources: [CONNECTORS, ...SOCKET_AUTHORITY],
  },
  {
    authority: "shared",
    mode: "verify-full",
    why: HAS_NAME,
    socket: SOCKET_NEEDS_OWN_CA,
    sources: [CONNECTORS, ...SOCKET_AUTHORITY],
  },
  {
    authority: "customer",
    mode: "verify-full",
    why: HAS_NAME,
    socket: SOCKET_NEEDS_OWN_CA,
    sources: [CONNECTORS, ...SOCKET_AUTHORITY],
  },
];

/** What a client can check of servers with this authority. */
export function tlsCheckOf(authority: TlsCheck["authority"]): TlsCheck {
  const check = TLS_CHECKS.find((known) => known.authority === authority);
  if (check === undefined) throw new Error(`no TLS check for the authority ${authority}`);
  return check;
}

/** The cell that a topology stands in. */
function poolingAccessOf({ access, pooling }: Pick<ResolvedGcp, "access" | "pooling">): PoolingAccess {
  const kind = pooling?.kind ?? "none";
  const { path, login } = access;
  const found = POOLING_ACCESS.find((way) => way.path === path && way.pooling === kind && way.login === login);
  if (found === undefined) throw new Error(`no cell for ${path} × ${kind} × ${login}`);
  return found;
}

/** A way to the primary that can't be gone. */
export function poolingAccessIssues(topology: ResolvedGcp): Issue[] {
  const way = poolingAccessOf(topology);
  const { path, certificateAuthority } = topology.access;
  const issues: Issue[] = [];
  if (way.support.support === "unsupported") {
    issues.push({
      where: "access",
      got: `path ${way.path}, pooling ${way.pooling}, login ${way.login}`,
      want: "a path, a pooling and a login that go together; ./pgt capabilities lists them",
      because: way.support.reason,
      fix: way.support.instead ?? "choose another path, pooling or login",
    });
  }
  const { socket } = tlsCheckOf(certificateAuthority);
  if (path === "socket" && socket.support === "unsupported") {
    issues.push({
      where: "access.certificateAuthority",
      got: certificateAuthority,
      want: "per-instance, with access.path socket",
      because: socket.reason,
      fix: socket.instead ?? "use another path",
    });
  }
  return issues;
}

function cell(
  path: PoolingAccess["path"],
  pooling: PoolingAccess["pooling"],
  login: PoolingAccess["login"],
  support: Support,
  sources: readonly Provenance[],
  note?: string,
): PoolingAccess {
  return { path, pooling, login, support, sources, ...(note === undefined ? {} : { note }) };
}
