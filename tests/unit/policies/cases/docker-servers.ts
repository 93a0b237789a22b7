import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { foreign, ofDocker } from "./docker-sides.ts";
import { dockerStack } from "./docker-stack.ts";

const ports = (ip: string | undefined, external: unknown = 5432) => ({
  props: { primary: { ports: [{ internal: 5432, external, ...(ip !== undefined && { ip }) }] } },
});

/** What the servers were told, what of them can be reached, and what they follow. */
export const CASES: readonly PlanCase[] = [
  ofDocker("settings/fsync", [
    { why: "off", change: { primary: { fsync: "off" } }, says: /^primary: got fsync off, want on/ },
    { why: "of a replica", change: { replica: { fsync: "off" } }, says: /^replica-a: got fsync off/, at: "replica-a" },
  ]),
  ofDocker("settings/full-page-writes", [
    {
      why: "off",
      change: { primary: { full_page_writes: "off" } },
      says: /^primary: got full_page_writes off, want on/,
    },
  ]),
  ofDocker("settings/idle-in-transaction", [
    {
      why: "PostgreSQL's default",
      change: { primary: { idle_in_transaction_session_timeout: undefined } },
      says: /^primary: got idle_in_transaction_session_timeout 0 \(never\), want a time/,
    },
  ]),
  ofDocker("settings/log-lock-waits", [
    { why: "off", change: { primary: { log_lock_waits: "off" } }, says: /^primary: got log_lock_waits off, want on/ },
  ]),
  ofDocker("settings/statement-statistics", [
    {
      why: "another library",
      change: { primary: { shared_preload_libraries: "'pg_cron'" } },
      says: /^primary: got no pg_stat_statements in shared_preload_libraries, want it/,
    },
  ]),
  ofDocker("settings/shared-buffers", [
    {
      why: "half of the memory",
      change: { primary: { shared_buffers: "256MB" } },
      says: /^primary: got shared_buffers 256 MiB, want 204 MiB at most/,
    },
  ]),
  ofDocker(
    "network/loopback-ports",
    [
      {
        why: "not set, which is every address",
        change: ports(undefined),
        says: /^t-primary: got a port on 0\.0\.0\.0, want 127\.0\.0\.1/,
      },
      { why: "an address that nobody asked for", change: ports("192.0.2.7"), says: /got a port on 192\.0\.2\.7/ },
      {
        why: "whatever the image exposes",
        change: { props: { primary: { publishAllPorts: true } } },
        says: /got a port on 0\.0\.0\.0/,
      },
    ],
    { good: ports("127.0.0.1"), unknown: ports(UNKNOWN_TEXT) },
  ),
  {
    ...ofDocker(
      "network/not-every-address",
      ["0.0.0.0", "::"].map((ip) => ({
        why: ip,
        change: ports(ip),
        says: /^t-primary: got a port on \S+, want one address/,
      })),
      { good: ports("192.0.2.7"), unknown: ports(UNKNOWN_TEXT) },
    ),
    // What nobody asked for is told by the rule above, once.
    settings: { addresses: ["0.0.0.0", "::", "192.0.2.7"] },
  },
  ofDocker(
    "network/unprivileged-ports",
    [{ why: "a low one", change: ports("127.0.0.1", 543), says: /^t-primary: got port 543, want 1024 or above/ }],
    { good: ports("127.0.0.1"), unknown: ports("127.0.0.1", UNKNOWN_TEXT) },
  ),
  {
    id: "network/loopback-ports",
    settings: { addresses: ["192.0.2.7"] },
    good: foreign(dockerStack(ports("192.0.2.7"))),
    bad: [
      {
        why: "of somebody else's containers, another address than was asked for",
        resources: foreign(dockerStack(ports("192.0.2.8"))),
        says: /^t-primary: got a port on 192\.0\.2\.8/,
      },
    ],
    unknown: foreign(dockerStack({ props: { primary: { ports: UNKNOWN_TEXT } } })),
  },
  ofDocker(
    "replication/replica-count",
    [{ why: "none", change: { without: ["replica-a"] }, says: /^primary: got 0, want 1 or more/ }],
    { unknown: null },
  ),
  ofDocker("replication/wal-level", [
    {
      why: "minimal",
      change: { primary: { wal_level: "minimal" } },
      says: /^primary: got wal_level minimal, want replica/,
    },
  ]),
  ofDocker("replication/senders", [
    {
      why: "one for each replica, and none for a base copy",
      change: { primary: { max_wal_senders: "2" }, replica: { max_wal_senders: "2" } },
      says: /^primary: got max_wal_senders 2, want 3 or more/,
    },
  ]),
  ofDocker("replication/slots", [
    {
      why: "fewer than replicas",
      change: { primary: { max_replication_slots: "0" } },
      says: /^primary: got max_replication_slots 0, want 1 or more/,
    },
    {
      why: "a replica that names none",
      change: { replica: { primary_slot_name: undefined } },
      says: /^replica-a: got no primary_slot_name, want one/,
      at: "replica-a",
    },
  ]),
  ofDocker(
    "replication/slots-not-shared",
    [
      {
        why: "one for both",
        change: { second: { primary_slot_name: "pgt_a" } },
        says: /^replica-a: got the shared slot pgt_a, want one of its own/,
        at: "replica-a",
      },
    ],
    { good: { second: {} }, unknown: { second: {}, props: { "replica-b": { uploads: UNKNOWN_TEXT } } } },
  ),
  ofDocker("replication/slot-limit", [
    {
      why: "PostgreSQL's default",
      change: { primary: { max_slot_wal_keep_size: undefined } },
      says: /^primary: got max_slot_wal_keep_size -1 \(no limit\), want a limit/,
    },
  ]),
  ofDocker("replication/standby-parameters", [
    {
      why: "fewer connections than the primary",
      change: { replica: { max_connections: "50" } },
      says: /^primary: below the primary: max_connections on replica-a: got 50, want 100/,
    },
  ]),
];
