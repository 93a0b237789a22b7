import { worst } from "../change-label.ts";
import { labelOfParameter } from "../parameters/change-effect.ts";
import type { ResolvedDocker } from "../resolved-docker.ts";
import { dataRules } from "./docker-data.ts";
import { DOCKER_BACKUP } from "./docker-backup.ts";
import {
  ANOTHER_MAJOR,
  opensAddress,
  POOLER_COMES,
  POOLER_GOES,
  POOLER_RESTARTS,
  REPLICA,
  REPLICA_COPIES,
  serversRestart,
  TLS_VERSIONS,
  VOLUMES,
} from "./docker-effects.ts";
import { EVERY_TARGET } from "./every-target.ts";
import { descends, type Edit, type Effect, type OwnSource, type Rules } from "./rule.ts";

const ACCOUNTS: OwnSource = { file: "roles/plan-accounts.ts" };

const NEW_ROLE: Effect = {
  label: "none",
  what: "a role of the new name is made; the old one stays, and can still log in",
  source: ACCOUNTS,
};

/**
 * The pooler restarts to find a replica at an address that it has not known, which is any but one of a replica that went
 * before. It also sends readers to the primary as long as there is no replica.
 */
function poolerRestarts({ from, old, next }: Edit<ResolvedDocker>): boolean {
  const turns = (old.replicas.length === 0) !== (next.replicas.length === 0);
  return (turns || from === undefined) && old.pooling !== undefined && next.pooling !== undefined;
}

function replicaComesOrGoes(edit: Edit<ResolvedDocker>): Effect {
  const restarts = poolerRestarts(edit);
  const pooler = restarts ? "; the pooler restarts, and sessions through it end" : "";
  if (edit.from === undefined) {
    const label = restarts ? "restart" : "none";
    return { label, what: `a new server copies the primary, which goes on${pooler}`, source: REPLICA };
  }
  const volume = edit.old.keepData
    ? "stays: a later one of its name goes on from it as far as WAL is kept"
    : "is deleted: a later one copies the primary anew";
  return {
    label: "rebuild",
    what: `the replica goes, and its volume ${volume}${pooler}`,
    source: VOLUMES,
  };
}

function anotherName({ old }: Edit<ResolvedDocker>): Effect {
  return {
    label: old.keepData ? "replace" : "data loss",
    what: `servers start anew on empty volumes of another name; the old volumes ${old.keepData ? "stay, unused" : "are deleted"}`,
    source: VOLUMES,
  };
}

/** What each edit of one database on Docker does. A changed file replaces its container; the volume stays. */
const DATABASE_RULES: Rules<ResolvedDocker> = {
  ...EVERY_TARGET,
  ...DOCKER_BACKUP,
  name: anotherName,
  version: ANOTHER_MAJOR,
  database: {
    label: "replace",
    what: "an empty database is made beside the old one, which stays: the application no longer reaches its rows",
    source: { file: "roles/plan-objects.ts" },
  },
  "roles.administrator": serversRestart("every server restarts, and lets another role administer it"),
  "roles.replication": serversRestart("every server restarts, and replicas log in by another role"),
  "roles.pooler": { ...POOLER_RESTARTS, what: "the pooler restarts, and logs in by another role; servers go on" },
  "roles.owner": NEW_ROLE,
  "roles.readWrite": NEW_ROLE,
  "roles.readOnly": NEW_ROLE,
  "roles.monitoring": NEW_ROLE,
  "parameters.<name>": ({ name, next }) => ({
    ...serversRestart("every server restarts, primary and replicas: the file with it is part of each container"),
    // A restart also of what PostgreSQL itself could reload.
    label: worst(["restart", labelOfParameter(next.version, name) ?? "restart"]),
  }),
  address: ({ from, to }) => {
    const opened = opensAddress(from, to);
    const reach = opened ? `; whoever reaches ${String(to)} reaches their ports` : "";
    return serversRestart(`every server and the pooler restart${reach}`, opened);
  },
  "size.memoryMiB": serversRestart("every server restarts with the other amount of memory"),
  "size.cpus": serversRestart("every server restarts with the other number of processors"),
  "primary.key": anotherName,
  "primary.part": anotherName,
  "primary.port": serversRestart("the primary restarts, and is reached on the other port only"),
  "replicas.<name>": replicaComesOrGoes,
  "replicas.<name>.part": REPLICA_COPIES,
  "replicas.<name>.port": serversRestart("the replica restarts, and is reached on the other port only"),
  "replicas.<name>.slot": serversRestart("the replica restarts on a slot of another name"),
  pooling: ({ to }) => (to === undefined ? POOLER_GOES : POOLER_COMES),
  "pooling.port": { ...POOLER_RESTARTS, what: "the pooler restarts, and is reached on the other port only" },
  "pooling.mode": POOLER_RESTARTS,
  "pooling.writerPool": { follows: "database" },
  "pooling.writerPoolSize": POOLER_RESTARTS,
  "pooling.readerPool": { follows: "database" },
  "pooling.readerPoolSize": POOLER_RESTARTS,
  "pooling.maxClients": POOLER_RESTARTS,
  "pooling.maxPreparedStatements": POOLER_RESTARTS,
  "tls.minProtocolVersion": (edit) => {
    const lowered = descends(edit, TLS_VERSIONS);
    const clients = lowered ? "accept clients with an older TLS" : "refuse clients with an older TLS";
    return serversRestart(`every server and the pooler restart, and ${clients}`, lowered);
  },
};

/** What each edit of a stack on Docker does. */
export const DOCKER_RULES: Rules<ResolvedDocker> = {
  ...DATABASE_RULES,
  mode: {
    label: "none",
    what: "no server changes: applications are told of the other databases at their next start",
    source: { file: "cli/stack/environment-variables.ts" },
  },
  ...dataRules(DATABASE_RULES),
};
