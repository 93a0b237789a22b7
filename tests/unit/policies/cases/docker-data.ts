import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { NO_POOLER_FILES, ofDocker } from "./docker-sides.ts";

const DATA = "/var/lib/postgresql/data";
const primary = (props: object) => ({ props: { primary: props } });

/** Backups, what survives mistakes, and the pooler. */
export const CASES: readonly PlanCase[] = [
  ofDocker("backup/enabled", [
    { why: "no archive", change: { primary: { archive_mode: "off" } }, says: /^primary: got no backups, want them on/ },
    { why: "nothing that archives", change: { primary: { archive_command: "''" } }, says: /got no backups/ },
    { why: "PostgreSQL's default", change: { primary: { archive_mode: undefined } }, says: /got no backups/ },
  ]),
  ofDocker(
    "backup/retention",
    [
      {
        why: "too few days",
        change: { backrest: { "repo1-retention-full": "29" } },
        says: /^primary: got 29 days, want 30 or more/,
      },
      {
        why: "backups that are counted",
        change: { backrest: { "repo1-retention-full-type": undefined } },
        says: /got 0 days/,
      },
    ],
    { unknown: primary({ uploads: UNKNOWN_TEXT }) },
  ),
  ofDocker("backup/archive-timeout", [
    {
      why: "PostgreSQL's default, never",
      change: { primary: { archive_timeout: undefined } },
      says: /^primary: archive_timeout: got 0 s, want 1 to 300 s/,
    },
    { why: "too long", change: { primary: { archive_timeout: "'1h'" } }, says: /got 3600 s/ },
  ]),
  ofDocker("backup/archive-asynchronous", [
    {
      why: "pgBackRest's default",
      change: { backrest: { "archive-async": undefined } },
      says: /^primary: got archive-async=n, want y/,
    },
  ]),
  ofDocker("backup/encrypted", [
    {
      why: "pgBackRest's default",
      change: { backrest: { "repo1-cipher-type": undefined } },
      says: /^primary: got repo1-cipher-type none, want aes-256-cbc/,
    },
    { why: "none", change: { backrest: { "repo1-cipher-type": "none" } }, says: /got repo1-cipher-type none/ },
  ]),
  ofDocker("backup/scheduled", [
    {
      why: "no scheduler",
      change: { without: ["scheduler"] },
      says: /^primary: got nothing that makes backups, want a scheduler/,
    },
  ]),
  ofDocker(
    "backup/own-volume",
    [
      {
        why: "in the volume of the data",
        change: primary({ volumes: [{ containerPath: "/var/lib", volumeName: "t-primary-data" }] }),
        says: /^primary: got the repository beside data, want a volume of its own/,
      },
      {
        why: "in a folder of the host",
        change: primary({
          volumes: [
            { containerPath: DATA, volumeName: "t-primary-data" },
            { containerPath: "/var/lib/pgbackrest", hostPath: "/srv/backups" },
          ],
        }),
        says: /got the repository beside data/,
      },
    ],
    { unknown: primary({ volumes: UNKNOWN_TEXT }) },
  ),
  ofDocker(
    "protection/named-volumes",
    [
      {
        why: "none",
        change: primary({ volumes: [{ containerPath: "/var/lib/pgbackrest", volumeName: "t-backups" }] }),
        says: /^t-primary: want a named volume, got none at: \/var\/lib\/postgresql\/data/,
      },
      {
        why: "one without a name",
        change: primary({
          volumes: [{ containerPath: "/var/lib/pgbackrest", volumeName: "t-backups" }, { containerPath: DATA }],
        }),
        says: /got none at: \/var\/lib\/postgresql\/data/,
      },
      {
        why: "at another folder than the data's",
        change: primary({ envs: ["PGDATA=/data"] }),
        says: /got none at: \/data/,
      },
    ],
    { unknown: primary({ volumes: [{ containerPath: DATA, volumeName: UNKNOWN_TEXT }] }) },
  ),
  ofDocker(
    "protection/own-volumes",
    [
      {
        why: "one for two servers",
        change: {
          props: {
            "replica-a": {
              volumes: [
                { containerPath: DATA, volumeName: "t-primary-data" },
                { containerPath: "/var/lib/pgbackrest", volumeName: "t-backups" },
              ],
            },
          },
        },
        says: /^t-replica-a: want one server a volume, got more in: t-primary-data/,
        at: "replica-a",
      },
    ],
    { unknown: primary({ volumes: UNKNOWN_TEXT }) },
  ),
  ofDocker(
    "protection/clean-shutdown",
    [
      {
        why: "Docker's ten seconds",
        change: primary({ stopTimeout: undefined }),
        says: /^t-primary: want SIGINT and at least 30 s, got: SIGINT, 10 s/,
      },
      { why: "a signal that waits", change: primary({ stopSignal: "SIGTERM" }), says: /got: SIGTERM, 60 s/ },
    ],
    { unknown: primary({ stopSignal: undefined }) },
  ),
  ofDocker(
    "pooling/mode",
    [
      {
        why: "PgBouncer's default",
        change: { pooler: { pool_mode: undefined } },
        says: /^pooler: got pool_mode session, want transaction/,
        at: "pooler",
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
  ofDocker(
    "pooling/no-statement-mode",
    [
      {
        why: "it is",
        change: { pooler: { pool_mode: "statement" } },
        says: /^pooler: got pool_mode statement, want transaction/,
        at: "pooler",
        also: ["pooling/mode"],
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
  ofDocker(
    "pooling/prepared-statements",
    [
      {
        why: "none",
        change: { pooler: { max_prepared_statements: "0" } },
        says: /^pooler: got max_prepared_statements 0, want more/,
        at: "pooler",
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
  ofDocker(
    "pooling/users-looked-up",
    [
      {
        why: "no query",
        change: { pooler: { auth_query: undefined } },
        says: /^pooler: got a list of users, want auth_query/,
        at: "pooler",
      },
      {
        why: "a query, and a list of users beside",
        change: {
          pooler: { auth_file: "/etc/pgbouncer/users" },
          props: { pooler: { uploads: pgbouncer('"a" "x"\n"b" "y"') } },
        },
        says: /got a list of users/,
        at: "pooler",
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
  ofDocker(
    "pooling/fits-server",
    [
      {
        why: "more than the server's",
        change: { pools: "app = host=primary pool_size=98\napp_readers = host=readers" },
        says: /^pooler: got a pool of 98, want 97 at most/,
        at: "pooler",
      },
      {
        why: "the readers'",
        change: { pools: "app = host=primary\napp_readers = host=readers pool_size=120" },
        says: /^pooler: got a pool of 120/,
        at: "pooler",
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
  ofDocker(
    "pooling/takes-more-clients-than-connections",
    [
      {
        why: "as many as connections",
        change: { pooler: { max_client_conn: "40" } },
        says: /^pooler: got 40 clients for pools of 20 and 20, want more/,
        at: "pooler",
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
];

function pgbouncer(userlist: string): object[] {
  const ini = [
    "[databases]",
    "app = host=primary",
    "app_readers = host=readers",
    "[pgbouncer]",
    "pool_mode = transaction",
    "max_client_conn = 500",
    "auth_query = SELECT 1",
    "auth_file = /etc/pgbouncer/users",
    "client_tls_sslmode = require",
    "server_tls_sslmode = verify-full",
  ];
  return [
    { file: "/etc/pgbouncer/pgbouncer.ini", content: ini.join("\n") },
    { file: "/etc/pgbouncer/users", content: userlist },
  ];
}
