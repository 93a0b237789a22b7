/** One line of pg_hba.conf, apart from where it counts. */
export interface HbaLine {
  /** `local`, `host`, `hostssl`, `hostnossl`, `hostgssenc`, `hostnogssenc`. */
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly method: string;
}

/** Reads pg_hba.conf. Names in quotes and options after the method are understood as far as the facts need it. */
export function parseHba(text: string): HbaLine[] {
  return text.split("\n").flatMap((line) => {
    const words = line.replace(/#.*$/, "").trim().split(/\s+/);
    const [type = "", databases = "", users = "", ...rest] = words;
    if (users === "") return [];
    // An address may be followed by a netmask of its own; `local` lines have neither.
    const afterAddress = /^\d+\.\d+\.\d+\.\d+$/.test(rest[1] ?? "") ? rest[2] : rest[1];
    const method = type === "local" ? rest[0] : afterAddress;
    return [{ type, databases: names(databases), users: names(users), method: method ?? "" }];
  });
}

/** Facts about who may log in how. */
export interface HbaFacts {
  readonly networkMethods: readonly string[];
  readonly localMethods: readonly string[];
  readonly replicationRoleDatabases: readonly string[];
  /** No line lets a connection without TLS in. */
  readonly plaintextRefused: boolean;
}

/** Reads the facts from the lines, first match first as PostgreSQL does. Lines that reject let nobody in. */
export function factsFromHba(lines: readonly HbaLine[]): HbaFacts {
  const accepting = lines.filter((line) => line.method !== "reject");
  const overNetwork = accepting.filter((line) => line.type !== "local");
  const replicators = new Set(
    overNetwork.filter((line) => line.databases.includes("replication")).flatMap((line) => line.users),
  );
  const reached = [...replicators].flatMap((role) => databasesOf(lines, role));
  return {
    networkMethods: distinct(overNetwork.map((line) => line.method)),
    localMethods: distinct(accepting.filter((line) => line.type === "local").map((line) => line.method)),
    replicationRoleDatabases: distinct(reached),
    plaintextRefused: overNetwork.every((line) => line.type === "hostssl"),
  };
}

/** Databases, as pg_hba.conf names them, that a role gets into over TLS: an earlier line for it hides later ones. */
function databasesOf(lines: readonly HbaLine[], role: string): string[] {
  const mine = lines.filter(
    (line) =>
      ["host", "hostssl", "hostnogssenc"].includes(line.type) &&
      (line.users.includes(role) || line.users.includes("all")),
  );
  const rejectedAt = mine.findIndex((line) => line.method === "reject" && line.databases.includes("all"));
  const open = rejectedAt < 0 ? mine : mine.slice(0, rejectedAt);
  return open.filter((line) => line.method !== "reject").flatMap((line) => line.databases);
}

function names(list: string): string[] {
  return list.split(",").map((name) => name.replaceAll('"', ""));
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
