import type pg from "pg";

/** One parameter as the table holds it; topology/parameters/server-settings.ts says what each field means. */
type Row = Record<string, string | number | boolean | readonly string[]>;

interface SettingsRow {
  readonly name: string;
  readonly vartype: string;
  readonly unit: string | null;
  readonly min_val: string | null;
  readonly max_val: string | null;
  readonly enumvals: string[] | null;
  readonly context: string;
  readonly setting: string;
  readonly boot_val: string | null;
}

/** Words that some enumerations take without listing them, as the old names of `wal_level`. */
const PERHAPS_HIDDEN = ["true", "false", "yes", "no", "1", "0", "on", "off", "debug", "archive", "hot_standby"];

/**
 * Every parameter of a server by its name, with what the server itself says and does.
 * @see https://www.postgresql.org/docs/17/view-pg-settings.html
 */
export async function readSettings(client: pg.Client): Promise<Record<string, Row>> {
  const { rows } = await client.query<SettingsRow>(
    `SELECT name, vartype, unit, min_val, max_val, enumvals, context, setting, boot_val
     FROM pg_settings ORDER BY name COLLATE "C"`,
  );
  const words = new Set([...PERHAPS_HIDDEN, ...rows.flatMap(({ enumvals }) => enumvals ?? [])]);
  const table: Record<string, Row> = {};
  for (const row of rows) table[row.name] = await toRow(client, row, words);
  return table;
}

async function toRow(client: pg.Client, row: SettingsRow, words: ReadonlySet<string>): Promise<Row> {
  const isSettable = row.context !== "internal";
  const alterSystem = isSettable && (await takes(client, row.name, row.setting));
  const hidden: string[] = [];
  if (isSettable && row.enumvals !== null) {
    for (const word of words) {
      if (!row.enumvals.includes(word) && (await takes(client, row.name, word))) hidden.push(word);
    }
  }
  return {
    type: row.vartype,
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.min_val !== null && { min: Number(row.min_val) }),
    ...(row.max_val !== null && { max: Number(row.max_val) }),
    ...(row.enumvals !== null && { values: row.enumvals }),
    ...(hidden.length > 0 && { hiddenValues: hidden.sort() }),
    context: row.context,
    ...(isSettable && !alterSystem && { alterSystem: false }),
    ...(row.boot_val !== null && { boot: row.boot_val }),
  };
}

/** Whether `ALTER SYSTEM` takes the value: it judges as a configuration file is judged, for every context. */
async function takes(client: pg.Client, name: string, value: string): Promise<boolean> {
  try {
    await client.query(`ALTER SYSTEM SET ${name} = ${client.escapeLiteral(value)}`);
    await client.query(`ALTER SYSTEM RESET ${name}`);
    return true;
  } catch {
    return false;
  }
}
