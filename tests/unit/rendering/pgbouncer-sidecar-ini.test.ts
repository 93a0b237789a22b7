// The whole text of a sidecar's configuration. Does not prove that PgBouncer takes it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { renderSidecarPgbouncerIni } from "../../../rendering/pgbouncer-sidecar-ini.ts";
import { renderUserlist } from "../../../rendering/pgbouncer-userlist.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const EXAMPLE = `# Made from the stack's configuration, changed there.
[databases]
app = host=writer.test port=5432 dbname=app pool_size=5
app_readers = host=reader.test port=5432 dbname=app pool_size=5

[pgbouncer]
listen_addr = 0.0.0.0
listen_port = 6432
unix_socket_dir = 
auth_type = scram-sha-256
auth_file = /etc/pgtopology/users/userlist.txt
stats_users = app
pool_mode = transaction
max_client_conn = 500
default_pool_size = 5
max_prepared_statements = 200
ignore_startup_parameters = extra_float_digits
server_lifetime = 3600
server_idle_timeout = 600
client_tls_sslmode = disable
server_tls_sslmode = verify-full
server_tls_ca_file = /etc/pgtopology/tls/server-ca.pem
server_tls_protocols = secure
dns_max_ttl = 2
dns_nxdomain_ttl = 1
server_connect_timeout = 5
server_login_retry = 1
server_check_delay = 5
server_check_query = select 1
server_fast_close = 1
tcp_keepalive = 1
tcp_keepidle = 30
tcp_keepintvl = 10
tcp_keepcnt = 3
tcp_user_timeout = 15000
log_connections = 0
log_disconnections = 0
`;

function render(
  spec: Partial<SpecOf<"gcp">> = {},
  servers: { writer: string; reader: string | undefined } = { writer: "writer.test", reader: "reader.test" },
): string {
  const topology = resolveTopology(
    { target: "gcp", region: "europe-west1", ...spec, pooling: { kind: "sidecar", ...spec.pooling } },
    "staging",
  );
  assert(topology.pooling?.kind === "sidecar");
  return renderSidecarPgbouncerIni(topology, topology.pooling, servers);
}

/** The lines that another text has, and those that it lacks. */
function difference(text: string): [string[], string[]] {
  const [now, old] = [new Set(text.split("\n")), new Set(EXAMPLE.split("\n"))];
  return [[...now.difference(old)], [...old.difference(now)]];
}

describe("the configuration of a PgBouncer beside a service", () => {
  it("has a pool to the writer and one to the reader, users from a file, and TLS to the servers", () => {
    assert.equal(render(), EXAMPLE);
  });

  it("has no second pool without a replica", () => {
    const text = render({}, { writer: "writer.test", reader: undefined });
    assert.deepEqual(difference(text), [[], ["app_readers = host=reader.test port=5432 dbname=app pool_size=5"]]);
  });

  it("checks the authority alone where certificates have no names", () => {
    assert.deepEqual(difference(render({ access: { certificateAuthority: "per-instance" } })), [
      ["server_tls_sslmode = verify-ca"],
      ["server_tls_sslmode = verify-full"],
    ]);
  });

  it("has no TLS over unix sockets, whose other end encrypts", () => {
    const [added, gone] = difference(
      render({ access: { path: "socket" } }, { writer: "/cloudsql/p:r:w", reader: "/cloudsql/p:r:r" }),
    );
    assert.deepEqual(added, [
      "app = host=/cloudsql/p:r:w port=5432 dbname=app pool_size=5",
      "app_readers = host=/cloudsql/p:r:r port=5432 dbname=app pool_size=5",
      "server_tls_sslmode = disable",
    ]);
    assert.equal(gone.filter((line) => line.startsWith("server_tls")).length, 3);
  });

  it("takes mode, sizes and limits from the topology", () => {
    const pooling = {
      mode: "session",
      writerPoolSize: 3,
      readerPoolSize: 2,
      maxClients: 40,
      maxPreparedStatements: 9,
    } as const;
    assert.deepEqual(difference(render({ pooling }))[0], [
      "app = host=writer.test port=5432 dbname=app pool_size=3",
      "app_readers = host=reader.test port=5432 dbname=app pool_size=2",
      "pool_mode = session",
      "max_client_conn = 40",
      "default_pool_size = 3",
      "max_prepared_statements = 9",
    ]);
  });

  it("has a user's quotes doubled in its file of users", () => {
    assert.equal(renderUserlist("app", 'a"b'), '"app" "a""b"\n');
  });
});
