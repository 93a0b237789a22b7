// Measures backup and restore of a data host against pg_basebackup, interleaved in one run: `node bench/data-host.ts`. It
// asserts nothing: a figure depends on the machine, and on what else runs on it. It needs Docker and Go, as the test of
// the data host does; DOCKER_HOST says which engine.
import { Command, InvalidArgumentError } from "commander";
import { renderTable } from "../kernel/table.ts";
import { waitUntil } from "../kernel/wait-until.ts";
import { renderBootstrap } from "../rendering/data-host/bootstrap.ts";
import { PATHS } from "../rendering/paths.ts";
import { type HostMachine, startHostMachine } from "../tests/support/data-host/host-machine.ts";
import { type DataHost, prepareHost } from "../tests/support/data-host/running-host.ts";

const VOLUME = "bench-data";
const VOLUME_GIB = 16;
const DATA_MIB = 1024;
const TABLES = 8;
const HEALTHY_WITHIN_MS = 300_000;
/** On the volume of the database, as both of what is compared. */
const PLACE = `${PATHS.data}/bench`;

/** Both repositories get the WAL; the second is the one that is compared. */
const FILE_REPOSITORY = `
[global]
repo2-path=${PLACE}/repository
repo2-cipher-type=aes-256-cbc
repo2-cipher-pass=bench
repo2-bundle=y
repo2-retention-full=1
`;

/** Each a command of the server's user; what it makes is there before the next, and is removed before the clock starts. */
const MEASURES = {
  pg_basebackup: `pg_basebackup --host=/run/postgresql --username=postgres --pgdata=${PLACE}/base --format=tar --wal-method=fetch --checkpoint=fast --compress=server-zstd`,
  "backup to files": "pgbackrest --stanza=main --repo=2 --type=full backup",
  "backup to the bucket": "pgbackrest --stanza=main --repo=1 --type=full backup",
  "unpack what pg_basebackup made": `bash -c 'mkdir ${PLACE}/unpacked && zstd -dc ${PLACE}/base/base.tar.zst | tar -x -C ${PLACE}/unpacked && sync --file-system ${PLACE}/unpacked'`,
  "restore from files": `pgbackrest --stanza=main --repo=2 --pg1-path=${PLACE}/from-files restore`,
  "restore from the bucket": `pgbackrest --stanza=main --repo=1 --pg1-path=${PLACE}/from-bucket restore`,
} as const;
type Measure = keyof typeof MEASURES;

/** What is divided by what, and what the quotient must not exceed. */
const RATIOS: Readonly<Record<string, { readonly of: Measure; readonly to: Measure; readonly limit?: number }>> = {
  "backup: files to pg_basebackup": { of: "backup to files", to: "pg_basebackup", limit: 1.3 },
  "restore: files to pg_basebackup": { of: "restore from files", to: "pg_basebackup", limit: 1.3 },
  "backup: bucket to pg_basebackup": { of: "backup to the bucket", to: "pg_basebackup" },
  "restore: bucket to pg_basebackup": { of: "restore from the bucket", to: "pg_basebackup" },
  "restore: files to unpacking": { of: "restore from files", to: "unpack what pg_basebackup made" },
  "restore: bucket to unpacking": { of: "restore from the bucket", to: "unpack what pg_basebackup made" },
};

function parseRounds(): number {
  const rounds = (text: string): number => {
    if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("It must be a number from 1 to 99.");
    return Number(text);
  };
  const command = new Command("node bench/data-host.ts");
  return command.option("--rounds <n>", "rounds that count; one more before them does not", rounds, 3).parse().opts<{
    rounds: number;
  }>().rounds;
}

/** A server with random bytes in it, which nothing compresses, and a second repository in files. */
async function fill(machine: HostMachine, host: DataHost): Promise<void> {
  await machine.run("apt-get --quiet install --yes zstd");
  await host.deliver();
  const healthy = async () => (await machine.exec("pgt-as-postgres", "pgt-healthy", "primary")).exitCode === 0;
  await waitUntil(healthy, { name: "the server to be healthy", timeoutMs: HEALTHY_WITHIN_MS });
  await machine.run("systemctl stop 'pgtopology-*.timer'");
  await machine.run(`install -d -o postgres -g postgres -m 0700 ${PLACE}`);
  await machine.run(`cat >>${PATHS.pgbackrestConf} <<'CONF'${FILE_REPOSITORY}CONF`);
  await machine.run("pgt-as-postgres pgbackrest --stanza=main stanza-create");
  // pg_basebackup comes by the socket, without TLS: what it is measured at is its best.
  await machine.run(`sed -i '1i local replication postgres peer' ${PATHS.pgHba}`);
  // What fills the tables need not go through the archive: that is no part of what is measured.
  await restart(machine, host, "ALTER SYSTEM SET archive_mode = off");
  await host.query("CREATE EXTENSION pgcrypto");
  // One table would be one file, and one process of pgBackRest's two.
  for (let number = 1; number <= TABLES; number++) {
    const rows = (DATA_MIB * 1024) / TABLES;
    await host.query(`CREATE TABLE filler_${number} (bytes bytea STORAGE EXTERNAL)`);
    await host.query(`INSERT INTO filler_${number} SELECT gen_random_bytes(1024) FROM generate_series(1, ${rows})`);
  }
  await host.query("VACUUM (FREEZE)");
  await host.query("CHECKPOINT");
  await restart(machine, host, "ALTER SYSTEM RESET archive_mode");
}

async function restart(machine: HostMachine, host: DataHost, first: string): Promise<void> {
  await host.query(first);
  await machine.run("systemctl restart pgtopology-postgres.service");
}

/** In every other round what is compared comes in the other order. */
async function runRound(machine: HostMachine, number: number): Promise<Record<Measure, number>> {
  const names = Object.keys(MEASURES) as Measure[];
  const backups = names.slice(0, 3);
  const restores = names.slice(3);
  const order = number % 2 === 0 ? [...backups, ...restores] : [...backups.toReversed(), ...restores.toReversed()];
  const seconds: Partial<Record<Measure, number>> = {};
  await machine.run(`rm -rf ${PLACE}/base ${PLACE}/unpacked ${PLACE}/from-*`);
  for (const name of order) {
    const timed = `sync --file-system ${PATHS.data}; begun=$(date +%s%N)
pgt-as-postgres ${MEASURES[name]} >&2
echo $((($(date +%s%N) - begun) / 1000000))`;
    seconds[name] = Number(await machine.run(timed)) / 1000;
  }
  return seconds as Record<Measure, number>;
}

function show(samples: readonly Record<Measure, number>[]): void {
  const row = (title: string, values: readonly number[], limit?: number): string[] => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (index: number): number => sorted[index] ?? NaN;
    const median = (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2;
    const kept = limit === undefined ? "" : median <= limit ? "kept" : "exceeded";
    const figures = [at(0), median, at(sorted.length - 1)].map((value) => value.toFixed(2));
    return [title, ...figures, limit === undefined ? "" : String(limit), kept];
  };
  const rows = [
    ...(Object.keys(MEASURES) as Measure[]).map((name) =>
      row(
        name,
        samples.map((round) => round[name]),
      ),
    ),
    ...Object.entries(RATIOS).map(([title, { of, to, limit }]) =>
      row(
        title,
        samples.map((round) => round[of] / round[to]),
        limit,
      ),
    ),
  ];
  const head = [`${DATA_MIB} MiB of random bytes (seconds, or a ratio)`, "min", "median", "max", "at most", ""];
  process.stdout.write(`${renderTable(head, rows)}\n`);
}

const rounds = parseRounds();
const userData = renderBootstrap({ volume: VOLUME });
const machine = await startHostMachine(VOLUME, /^PACKAGES="(.*)"$/m.exec(userData)?.[1] ?? "", VOLUME_GIB);
try {
  await machine.run(`cat >/root/user-data <<'USER_DATA'\n${userData}USER_DATA\nsh /root/user-data`);
  const host = await prepareHost(machine);
  try {
    await fill(machine, host);
    const samples: Record<Measure, number>[] = [];
    for (let number = 0; number <= rounds; number++) {
      process.stderr.write(number === 0 ? "a round that fills the caches\n" : `round ${number} of ${rounds}\n`);
      const round = await runRound(machine, number);
      process.stderr.write(`${JSON.stringify(round)}\n`);
      if (number > 0) samples.push(round);
    }
    show(samples);
  } finally {
    await host.s3.remove();
  }
} finally {
  await machine.remove();
}
