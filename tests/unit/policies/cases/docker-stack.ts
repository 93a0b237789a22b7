import { CONTAINER_TYPE } from "../../../../facts/from-plan/docker-container.ts";
import { LABELS } from "../../../../topology/names.ts";
import type { SentResource } from "../policy-rpc.ts";
import { container } from "./good-container.ts";

/** Lines of a configuration file; one that is `undefined` is left out. */
type Lines = Readonly<Record<string, string | undefined>>;
type Part = "primary" | "replica-a" | "replica-b" | "pooler" | "scheduler";

/** What is otherwise than in the good stack: values of files, a whole file, or properties of a part's container. */
export interface DockerChange {
  readonly primary?: Lines;
  readonly replica?: Lines;
  readonly pooler?: Lines;
  readonly pools?: string;
  readonly backrest?: Lines;
  readonly hba?: string;
  readonly props?: Partial<Readonly<Record<Part, object>>>;
  readonly without?: readonly Part[];
  /** The stack's second replica, beside the one that it has. */
  readonly second?: Lines;
}

const HBA = [
  "local all all peer",
  "hostssl replication replicator all scram-sha-256",
  "hostssl all replicator all reject",
  "hostssl all all all scram-sha-256",
].join("\n");

const SERVER: Lines = {
  ssl: "on",
  ssl_min_protocol_version: "'TLSv1.3'",
  password_encryption: "'scram-sha-256'",
  fsync: "on",
  full_page_writes: "on",
  idle_in_transaction_session_timeout: "'10min'",
  log_lock_waits: "on",
  shared_preload_libraries: "'pg_stat_statements'",
  shared_buffers: "128MB",
  max_connections: "100",
  wal_level: "replica",
  max_wal_senders: "10",
  max_replication_slots: "10",
  max_slot_wal_keep_size: "4096MB",
  archive_mode: "on",
  archive_command: "'pgbackrest --stanza=main archive-push %p'",
  archive_timeout: "300",
};

const POOLER: Lines = {
  pool_mode: "transaction",
  default_pool_size: "20",
  max_client_conn: "500",
  max_prepared_statements: "200",
  auth_query: "SELECT * FROM lookup($1)",
  auth_file: "/etc/pgbouncer/userlist",
  client_tls_sslmode: "require",
  client_tls_protocols: "tlsv1.3",
  server_tls_sslmode: "verify-full",
};

const POOLS = ["app = host=primary dbname=app", "app_readers = host=readers dbname=app"].join("\n");

const BACKREST: Lines = {
  "repo1-path": "/var/lib/pgbackrest",
  "repo1-retention-full-type": "time",
  "repo1-retention-full": "30",
  "repo1-cipher-type": "aes-256-cbc",
  "archive-async": "y",
};

const REPOSITORY = { containerPath: "/var/lib/pgbackrest", volumeName: "t-backups" };

/** A primary with a replica, a pooler and backups, by the labels and files of this project. */
export function dockerStack(change: DockerChange = {}): readonly SentResource[] {
  const { hba = HBA, pools = POOLS, props = {}, second, without = [] } = change;
  const backrest = ["[global]", ...lines({ ...BACKREST, ...change.backrest })].join("\n");
  const replica = (key: string, own: Lines = {}) =>
    part(`replica-${key}`, {
      volumes: [data(`t-replica-${key}-data`), REPOSITORY],
      uploads: uploads({
        "postgresql.conf": lines({
          ...SERVER,
          primary_slot_name: `'pgt_${key}'`,
          primary_conninfo: "'host=primary sslmode=verify-full'",
          ...own,
        }),
        "pg_hba.conf": [hba],
        "pgbackrest.conf": [backrest],
      }),
    });
  const all = [
    part("primary", {
      volumes: [data("t-primary-data"), REPOSITORY],
      uploads: uploads({
        "postgresql.conf": lines({ ...SERVER, ...change.primary }),
        "pg_hba.conf": [hba],
        "pgbackrest.conf": [backrest],
      }),
    }),
    replica("a", change.replica),
    ...(second === undefined ? [] : [replica("b", second)]),
    part("pooler", {
      volumes: [],
      uploads: uploads({
        "pgbouncer.ini": ["[databases]", pools, "[pgbouncer]", ...lines({ ...POOLER, ...change.pooler })],
        userlist: ['"pooler" "SCRAM-SHA-256$x"'],
      }),
    }),
    part("scheduler", { volumes: [REPOSITORY], uploads: uploads({ "pgbackrest.conf": [backrest] }) }),
  ];
  return all
    .filter(({ name }) => !without.some((one) => name === `t-${one}`))
    .map((one) => withProps(one, props[one.name.slice(2) as Part] ?? {}));
}

/** The same with some properties otherwise; one that is `undefined` is not set. */
export function withProps(one: SentResource, change: object): SentResource {
  const props = Object.entries({ ...one.props, ...change }).filter(([, value]) => value !== undefined);
  return { ...one, props: Object.fromEntries(props) };
}

function part(name: string, props: object): SentResource {
  const labels = [
    { label: LABELS.stack, value: "t" },
    { label: LABELS.part, value: name },
  ];
  const { props: good } = container({ name: `t-${name}`, labels, ports: [], envs: [], ...props }, `t-${name}`);
  return { type: CONTAINER_TYPE, name: `t-${name}`, props: good };
}

function data(volumeName: string): object {
  return { containerPath: "/var/lib/postgresql/data", volumeName };
}

function lines(values: Lines): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`]));
}

function uploads(files: Readonly<Record<string, readonly string[]>>): object[] {
  return Object.entries(files).map(([name, text]) => ({ file: `/etc/pgt/${name}`, content: text.join("\n") }));
}
