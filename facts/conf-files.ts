/** Sections of an ini file (pgbouncer.ini, pgbackrest.conf): section → name → value. */
export type Ini = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Reads an ini file; the last of two equal names wins. */
export function parseIni(text: string): Ini {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const section = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      current = sections[section] ??= {};
      continue;
    }
    const setting = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (setting?.[1] !== undefined) current[setting[1]] = setting[2] ?? "";
  }
  return sections;
}

/** Reads postgresql.conf, without the files that it includes. @returns name, in lower case, → value without its quotes. */
export function parsePostgresqlConf(text: string): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const match = /^\s*([A-Za-z_.][\w.]*)\s*=?\s*(?:'((?:[^']|'')*)'|([^#\s]+))/.exec(line);
    if (match?.[1] === undefined) continue;
    settings[match[1].toLowerCase()] = match[2]?.replaceAll("''", "'").replaceAll("\\\\", "\\") ?? match[3] ?? "";
  }
  return settings;
}

/** Words of a connection string (`host=a port=5432`), of a libpq or PgBouncer kind. Quoted values keep no quotes. */
export function parseKeywords(text: string): Record<string, string> {
  const matches = text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))/g);
  return Object.fromEntries([...matches].map(([, name = "", quoted, bare]) => [name, quoted ?? bare ?? ""]));
}
