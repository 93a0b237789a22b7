// The whole text of pgbouncer.ini. Does not prove that PgBouncer takes it: tests/integration/image starts one.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { renderPgbouncerIni } from "../../../rendering/pgbouncer-ini.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { exampleTopology } from "./example-topology.ts";

const EXAMPLE = `# Made from the stack's configuration, changed there.
[databases]
app = host=primary port=5432 dbname=app pool_size=20
app_readers = host=readers port=5432 dbname=app pool_size=15

[pgbouncer]
listen_addr = *
listen_port = 6432
unix_socket_dir = /run/postgresql
unix_socket_mode = 0700
auth_type = scram-sha-256
auth_file = /etc/pgtopology/secrets/userlist
auth_user = pooler
auth_query = SELECT username, password FROM pgbouncer.user_lookup($1)
stats_users = pooler
pool_mode = transaction
max_client_conn = 500
default_pool_size = 20
max_prepared_statements = 200
ignore_startup_parameters = extra_float_digits
server_lifetime = 3600
server_idle_timeout = 600
client_tls_sslmode = require
client_tls_cert_file = /etc/pgtopology/tls/server.crt
client_tls_key_file = /etc/pgtopology/tls/server.key
client_tls_ca_file = /etc/pgtopology/tls/ca.crt
client_tls_protocols = tlsv1.3
server_tls_sslmode = verify-full
server_tls_ca_file = /etc/pgtopology/tls/ca.crt
server_tls_protocols = tlsv1.3
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

function render(spec: Partial<SpecOf<"docker">> = {}): string {
  const topology = exampleTopology(spec);
  assert(topology.pooling);
  return renderPgbouncerIni(topology, topology.pooling);
}

/** The lines that a changed wish adds. */
function addedBy(spec: Partial<SpecOf<"docker">>): string[] {
  return [...new Set(render(spec).split("\n")).difference(new Set(EXAMPLE.split("\n")))];
}

describe("pgbouncer.ini", () => {
  it("has a pool to the writer and one to the readers, TLS on both sides, and no list of users", () => {
    assert.equal(render(), EXAMPLE);
  });

  it("reaches every replica by the one name that they share", () => {
    assert.deepEqual(addedBy({ replicas: { a: {}, b: {} } }), []);
  });

  it("sends readers to the primary when there is no replica", () => {
    assert.deepEqual(addedBy({ replicas: {} }), ["app_readers = host=primary port=5432 dbname=app pool_size=15"]);
  });

  it("takes mode, sizes and limits from the topology", () => {
    const pooling = {
      mode: "session",
      writerPoolSize: 7,
      readerPoolSize: 6,
      maxClients: 50,
      maxPreparedStatements: 9,
    } as const;
    assert.deepEqual(addedBy({ pooling }), [
      "app = host=primary port=5432 dbname=app pool_size=7",
      "app_readers = host=readers port=5432 dbname=app pool_size=6",
      "pool_mode = session",
      "max_client_conn = 50",
      "default_pool_size = 7",
      "max_prepared_statements = 9",
    ]);
  });

  it("speaks TLS 1.2 as well when the topology allows it", () => {
    assert.deepEqual(addedBy({ tls: { minProtocolVersion: "TLSv1.2" } }), [
      "client_tls_protocols = secure",
      "server_tls_protocols = secure",
    ]);
  });
});
