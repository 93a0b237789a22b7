import { type Collector, observe, withSession } from "./observe.ts";
import type { Missing } from "../../requirements/known.ts";

/** PgBouncer's name for its own console. */
const CONSOLE = "pgbouncer";

/** One pool as `SHOW DATABASES` tells it. */
export interface PoolerDatabase {
  readonly name: string;
  readonly host: string | null;
  readonly pool_size: number;
  readonly pool_mode: string | null;
}

/** What the running pooler says of itself. */
export interface PoolerConfig {
  /** `SHOW CONFIG`: name → value. */
  readonly settings: Readonly<Record<string, string>>;
  readonly databases: readonly PoolerDatabase[];
}

/** Asks PgBouncer's console, as its statistics user. */
export function readPoolerConsole(collector: Collector): Promise<PoolerConfig | Missing> {
  return observe(collector, { name: "the pooler's console", needs: ["pooler"] }, () =>
    withSession(collector.access, { part: "pooler", role: "pooler", database: CONSOLE }, async (session) => {
      const config = await session.rows<{ key: string; value: string | null }>("SHOW CONFIG");
      const databases = await session.rows<PoolerDatabase>("SHOW DATABASES");
      return {
        settings: Object.fromEntries(config.map(({ key, value }) => [key, value ?? ""])),
        databases,
      };
    }),
  );
}
