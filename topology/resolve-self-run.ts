import { readerPoolName } from "./names.ts";
import type { ResolvedBackup, ResolvedPooling, ResolvedRepository } from "./resolved-self-run.ts";
import type { TopologySpec } from "./spec.ts";

/** PgBouncer in front of a server that the stack runs itself. */
export function resolveSelfRunPooling(
  { pooling }: TopologySpec,
  database: string,
  port: number,
): ResolvedPooling | undefined {
  if (pooling?.enabled === false) return undefined;
  return {
    port,
    mode: pooling?.mode ?? "transaction",
    writerPool: database,
    writerPoolSize: pooling?.writerPoolSize ?? 20,
    readerPool: readerPoolName(database),
    readerPoolSize: pooling?.readerPoolSize ?? 15,
    maxClients: pooling?.maxClients ?? 500,
    maxPreparedStatements: pooling?.maxPreparedStatements ?? 200,
  };
}

/** WAL archive and backups of a server that the stack runs itself. */
export function resolveSelfRunBackup(
  { backup }: TopologySpec,
  repository: ResolvedRepository,
): ResolvedBackup | undefined {
  if (backup?.enabled === false) return undefined;
  return {
    schedule: backup?.schedule ?? "02:00",
    retentionDays: backup?.retentionDays ?? 30,
    archiveTimeoutSeconds: backup?.archiveTimeoutSeconds ?? 60,
    repository,
  };
}
