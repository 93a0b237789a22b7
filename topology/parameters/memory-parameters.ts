/** Share of the memory that PostgreSQL's own page cache takes.
 * @see https://www.postgresql.org/docs/17/runtime-config-resource.html#GUC-SHARED-BUFFERS */
const SHARED_BUFFERS_SHARE = 0.25;

/** Share that the planner may expect to be cached, by PostgreSQL and the kernel together.
 * @see https://www.postgresql.org/docs/17/runtime-config-query.html#GUC-EFFECTIVE-CACHE-SIZE */
const EFFECTIVE_CACHE_SHARE = 0.75;

/**
 * The parameters that follow from a server's memory, as postgresql.conf takes them. The same for every target: Cloud SQL
 * takes a third for shared_buffers when nothing is set.
 * @see https://docs.cloud.google.com/sql/docs/postgres/manage-memory-usage-best-practices (read 2026-11-21)
 */
export function memoryParameters(memoryMiB: number): { shared_buffers: string; effective_cache_size: string } {
  return {
    shared_buffers: `${Math.floor(memoryMiB * SHARED_BUFFERS_SHARE)}MB`,
    effective_cache_size: `${Math.floor(memoryMiB * EFFECTIVE_CACHE_SHARE)}MB`,
  };
}
