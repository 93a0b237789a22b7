// The whole text of postgresql.conf. Does not prove that a server takes it: tests/integration/image starts one.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { renderPostgresqlConf } from "../../../rendering/postgresql-conf.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { exampleTopology } from "./example-topology.ts";

const PRIMARY = `# primary of pgtopology-local: made from the stack's configuration, changed there.
archive_command = 'pgbackrest --stanza=main archive-push %p'
archive_mode = 'on'
archive_timeout = '60s'
cluster_name = 'primary'
data_directory = '/var/lib/postgresql/data/pgdata'
datestyle = 'iso, mdy'
default_text_search_config = 'pg_catalog.english'
dynamic_shared_memory_type = 'posix'
effective_cache_size = '768MB'
hba_file = '/etc/pgtopology/pg_hba.conf'
hot_standby = 'on'
hot_standby_feedback = 'on'
idle_in_transaction_session_timeout = '10min'
lc_messages = 'C.UTF-8'
lc_monetary = 'C.UTF-8'
lc_numeric = 'C.UTF-8'
lc_time = 'C.UTF-8'
listen_addresses = '*'
lock_timeout = '0'
log_checkpoints = 'on'
log_connections = 'off'
log_destination = 'stderr'
log_line_prefix = '%m [%p] %q%u@%d %a '
log_lock_waits = 'on'
log_min_duration_statement = '1s'
log_timezone = 'UTC'
logging_collector = 'off'
max_connections = '100'
max_replication_slots = '3'
max_slot_wal_keep_size = '4096MB'
max_wal_senders = '10'
password_encryption = 'scram-sha-256'
port = '5432'
recovery_target_timeline = 'latest'
restore_command = 'pgbackrest --stanza=main archive-get %f "%p"'
shared_buffers = '256MB'
shared_preload_libraries = 'pg_stat_statements'
ssl = 'on'
ssl_ca_file = '/etc/pgtopology/tls/ca.crt'
ssl_cert_file = '/etc/pgtopology/tls/server.crt'
ssl_key_file = '/etc/pgtopology/tls/server.key'
ssl_min_protocol_version = 'TLSv1.3'
statement_timeout = '0'
superuser_reserved_connections = '3'
tcp_keepalives_count = '3'
tcp_keepalives_idle = '60'
tcp_keepalives_interval = '10'
timezone = 'UTC'
unix_socket_directories = '/run/postgresql'
unix_socket_permissions = '0700'
wal_level = 'replica'
wal_receiver_status_interval = '1s'
wal_receiver_timeout = '10s'
wal_sender_timeout = '10s'
`;

const REPLICA_ONLY = [
  "# replica-a of pgtopology-local: made from the stack's configuration, changed there.",
  "cluster_name = 'replica-a'",
  "primary_conninfo = 'host=primary port=5432 user=replicator passfile=/etc/pgtopology/secrets/pgpass " +
    "application_name=replica-a sslmode=verify-full sslrootcert=/etc/pgtopology/tls/ca.crt " +
    "ssl_min_protocol_version=TLSv1.3 channel_binding=require connect_timeout=10'",
  "primary_slot_name = 'replica_a'",
];

function linesOf(text: string): Set<string> {
  return new Set(text.split("\n"));
}

/** The lines of the primary's file that a changed wish adds. */
function addedBy(spec: Partial<SpecOf<"docker">>): string[] {
  const topology = exampleTopology(spec);
  return [...linesOf(renderPostgresqlConf(topology, topology.primary)).difference(linesOf(PRIMARY))];
}

describe("postgresql.conf", () => {
  it("says of the primary what the topology says", () => {
    const topology = exampleTopology();
    assert.equal(renderPostgresqlConf(topology, topology.primary), PRIMARY);
  });

  it("says of a replica whom it follows, and the same otherwise", () => {
    const topology = exampleTopology();
    const [replica] = topology.replicas;
    assert(replica);
    const lines = linesOf(renderPostgresqlConf(topology, replica));
    assert.deepEqual([...lines.difference(linesOf(PRIMARY))], REPLICA_ONLY);
    assert.equal(linesOf(PRIMARY).difference(lines).size, 2);
  });

  it("archives nothing and restores nothing without backups", () => {
    assert.deepEqual(addedBy({ backup: { enabled: false } }), ["archive_mode = 'off'", "archive_timeout = '0'"]);
  });

  it("takes the oldest TLS version from the topology", () => {
    assert.deepEqual(addedBy({ tls: { minProtocolVersion: "TLSv1.2" } }), ["ssl_min_protocol_version = 'TLSv1.2'"]);
  });

  it("writes a user's quotes and backslashes so that PostgreSQL reads them back", () => {
    assert.deepEqual(addedBy({ parameters: { search_path: "'it\\s'" } }), ["search_path = '''it\\\\s'''"]);
  });
});
