import type { ResolvedBackup, ResolvedPooling } from "../../topology/resolved-self-run.ts";
import { PATHS } from "../paths.ts";
import type { ExportedDatabase } from "./host-file.ts";
import { HOST_PATHS } from "./host-paths.ts";
import { hoursLater } from "./hours-later.ts";

/** A systemd unit by its name. */
export interface Unit {
  readonly name: string;
  readonly content: string;
}

/** The units that run for ever; what is in {@link timerUnits} is started by its timer. */
export const SERVICES = { postgres: "pgtopology-postgres.service", pooler: "pgtopology-pooler.service" } as const;

const COMMON = `User=postgres
Group=postgres
UMask=0077
WorkingDirectory=/var/lib/postgresql
EnvironmentFile=${HOST_PATHS.environment}
NoNewPrivileges=yes
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=full
`;

/**
 * The server. It says itself when it is ready, which after a crash takes as long as there is WAL to replay: to end it
 * meanwhile would only make it begin again.
 * @see https://www.postgresql.org/docs/17/server-start.html
 */
export function postgresUnit(): Unit {
  return {
    name: SERVICES.postgres,
    content: `[Unit]
Description=PostgreSQL of the data database
Documentation=https://www.postgresql.org/docs/17/server-start.html
Wants=network-online.target
After=network-online.target
RequiresMountsFor=${PATHS.data}
# Without its volume it would begin a new database on the system's disk.
AssertPathIsMountPoint=${PATHS.data}
StartLimitIntervalSec=0

[Service]
Type=notify
${COMMON}ExecStart=${HOST_PATHS.commands}/pgt-primary
ExecReload=/bin/kill -HUP $MAINPID
ExecReload=/usr/bin/timeout 60 ${HOST_PATHS.library}/set-administrator-password
# Fast shutdown: sessions are ended, nothing has to be recovered at the next start.
KillSignal=SIGINT
KillMode=mixed
TimeoutStartSec=infinity
TimeoutStopSec=120
Restart=always
RestartSec=5
# The kernel may end a session that takes all memory, not the server.
# https://www.postgresql.org/docs/17/kernel-resources.html#LINUX-MEMORY-OVERCOMMIT
OOMScoreAdjust=-900
Environment=PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj PG_OOM_ADJUST_VALUE=0

[Install]
WantedBy=multi-user.target
`,
  };
}

/** PgBouncer under its watchdog. */
export function poolerUnit({ maxClients }: ResolvedPooling): Unit {
  return {
    name: SERVICES.pooler,
    content: `[Unit]
Description=PgBouncer of the data database
Documentation=https://www.pgbouncer.org/config.html
Wants=network-online.target
After=network-online.target ${SERVICES.postgres}
StartLimitIntervalSec=0

[Service]
Type=exec
${COMMON}ExecStart=${HOST_PATHS.commands}/pgt-pooler
ExecReload=/usr/bin/psql --no-psqlrc --quiet --host=${PATHS.socket} --port=6432 --username=pgbouncer --dbname=pgbouncer --command=RELOAD
# pgt-pooler lets sessions end their transactions, then ends PgBouncer.
KillSignal=SIGINT
KillMode=mixed
TimeoutStopSec=15
Restart=always
RestartSec=1
LimitNOFILE=${filesFor(maxClients)}

[Install]
WantedBy=multi-user.target
`,
  };
}

/** Each client is a file, each server connection too, and there are never more of these. */
function filesFor(maxClients: number): number {
  return 2 * maxClients + 512;
}

/** Work that is done at its time, each a service and the timer that starts it. */
export function timerUnits(backup: ResolvedBackup | undefined, exported: ExportedDatabase | undefined): Unit[] {
  return [
    ...(backup === undefined ? [] : backupUnits(backup)),
    ...(exported === undefined ? [] : exportUnits(exported)),
  ];
}

/** A day has four backups: a full one at the wished time, and every six hours what changed since the last. */
function backupUnits({ schedule }: ResolvedBackup): Unit[] {
  const incremental = [6, 12, 18].map((hours) => `*-*-* ${hoursLater(schedule, hours)}`);
  return [
    ...timed("backup-full", "Full backup", "pgt-backup full", [`*-*-* ${schedule}`]),
    ...timed("backup-incremental", "Incremental backup", "pgt-backup incr", incremental),
    ...timed("check-repository", "Check of every file in the repository", "pgt-check-repository", [
      `Sun *-*-* ${hoursLater(schedule, 4)}`,
    ]),
  ];
}

function exportUnits({ schedule }: ExportedDatabase): Unit[] {
  return [
    ...timed("export", "Encrypted export of the managed database", "pgt-export", [`*-*-* ${schedule}`]),
    ...timed("check-exports", "Check of every export", "pgt-check-exports", [`Sun *-*-* ${hoursLater(schedule, 3)}`]),
  ];
}

/** What was missed while the host was off is made up for at its next start. */
function timed(name: string, description: string, command: string, times: readonly string[]): Unit[] {
  const unit = `pgtopology-${name}`;
  return [
    {
      name: `${unit}.service`,
      content: `[Unit]
Description=${description}
Wants=network-online.target
After=network-online.target ${SERVICES.postgres}

[Service]
Type=oneshot
${COMMON}ExecStart=${HOST_PATHS.commands}/${command}
TimeoutStartSec=20h
Nice=10
`,
    },
    {
      name: `${unit}.timer`,
      content: `[Unit]
Description=${description}

[Timer]
${times.map((time) => `OnCalendar=${time} UTC\n`).join("")}Persistent=true

[Install]
WantedBy=timers.target
`,
    },
  ];
}
