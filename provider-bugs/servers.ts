import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { type Applicability, KNOWN_AS_OF, type ProviderBug } from "./bug.ts";
import { appliesIf, doesNotApply } from "./detect.ts";

const EVERY_MAJOR = { seenIn: ">=15.0.0 <19.0.0", unfixedAsOf: KNOWN_AS_OF };

/** Servers that the stack runs itself; the clouds' own are the clouds' to keep. */
function selfRun(topology: ResolvedTopology): readonly ResolvedSelfRun[] {
  switch (topology.target) {
    case "docker":
      return topology.data === undefined ? [topology] : [topology, topology.data];
    case "digitalocean":
      return topology.dataHost === undefined ? [] : [topology.dataHost.server];
    case "gcp":
      return [];
  }
}

function withReplicas(topology: ResolvedTopology): Applicability {
  const servers = selfRun(topology);
  if (servers.length === 0) return doesNotApply("the cloud runs every server");
  return appliesIf(
    servers.some(({ replicas }) => replicas.length > 0),
    { yes: "a server that the stack runs has replicas", no: "no server that the stack runs has a replica" },
  );
}

/** PostgreSQL and PgBouncer as the stack runs them itself. */
export const SERVERS: readonly ProviderBug[] = [
  {
    id: "postgresql-standby-limits",
    traps: [49],
    package: "postgresql",
    affected: EVERY_MAJOR,
    summary: "a standby with a lower max_connections than its primary does not start, and so with four other limits",
    consequence: "a limit that is lowered or raised everywhere at once stops the replicas",
    detect: withReplicas,
    workaround: {
      inPlace: true,
      what: "a replica starts with the limits that its WAL needs, when they are above its own",
      file: "images/postgres/lib/standby-limits.sh",
    },
    noticedBy: { file: "tests/integration/image/volumes.test.ts" },
    source: "https://www.postgresql.org/docs/current/hot-standby.html",
  },
  {
    id: "postgresql-slots-fill-disk",
    traps: [50],
    package: "postgresql",
    affected: EVERY_MAJOR,
    summary: "a slot without max_slot_wal_keep_size keeps WAL for a replica that never comes back",
    consequence: "the primary's disk fills, and it stops",
    detect: withReplicas,
    workaround: {
      inPlace: true,
      what: "max_slot_wal_keep_size is always set; a replica that falls behind goes on from the archive",
      file: "topology/parameters.ts",
    },
    noticedBy: { file: "tests/unit/rendering/postgresql-conf.test.ts" },
    source: "https://www.postgresql.org/docs/current/runtime-config-replication.html",
  },
  {
    id: "pgbouncer-no-prepared-statements",
    traps: [51],
    package: "pgbouncer",
    affected: { range: "<1.21.0", fixedIn: "1.21.0" },
    summary: "in transaction mode, a prepared statement is not there in the next transaction",
    consequence: "drivers that prepare fail now and then",
    detect: (topology) => {
      const servers = selfRun(topology);
      const sidecar = topology.target === "gcp" && topology.pooling?.kind === "sidecar" ? [topology.pooling] : [];
      const poolers = [...servers.flatMap(({ pooling }) => pooling ?? []), ...sidecar];
      return appliesIf(
        poolers.some(({ mode }) => mode === "transaction"),
        {
          yes: "a PgBouncer of the stack's pools by transaction",
          no: "no PgBouncer of the stack's pools by transaction",
        },
      );
    },
    workaround: {
      inPlace: true,
      what: "max_prepared_statements is written, and a test in the image shows that it holds there",
      file: "rendering/pgbouncer-settings.ts",
    },
    noticedBy: { file: "tests/integration/image/running.test.ts" },
    source: "https://www.pgbouncer.org/changelog.html",
  },
];
