import { add, ApiError, found, type Json, Reply, type Route, route, text } from "../google-cloud/area.ts";
import { listPage } from "./list-page.ts";

/** A trusted source, as the API has it. */
export interface TrustedSource {
  readonly type: string;
  readonly value: string;
}

/** What the API keeps of managed servers. */
export interface ManagedDatabases {
  /** By id, replicas among them. */
  readonly trusted: Map<string, readonly TrustedSource[]>;
  readonly routes: readonly Route[];
}

/** A server of this machine that stands behind the first cluster that is made; without one, nobody answers there. */
export interface ServerBehind {
  readonly host: string;
  readonly port: number;
  readonly poolPort: number;
  /** PEM. */
  readonly caCertificate: string;
  /** By the user's name. */
  readonly passwords: Readonly<Record<string, string>>;
}

const OK = new Reply(204);
const ADMINISTRATOR = "doadmin";

/**
 * Managed PostgreSQL, which is there as soon as it is asked for.
 * @see https://docs.digitalocean.com/reference/api/digitalocean/#tag/Databases
 */
export function managedDatabases(behind?: ServerBehind): ManagedDatabases {
  const clusters = new Map<string, Json>();
  const replicas = new Map<string, Json>();
  const trusted = new Map<string, readonly TrustedSource[]>();
  const configs = new Map<string, Json>();
  const parts = new Map<string, Json>();
  const passwordOf = (user: string): string => behind?.passwords[user] ?? "a password of the platform's";
  const connections = (name: string, port = behind?.port ?? 25_060): Json => {
    const at = (host: string): Json => ({
      uri: `postgresql://${ADMINISTRATOR}@${host}:${port}/defaultdb?sslmode=require`,
      host,
      port,
      user: ADMINISTRATOR,
      password: passwordOf(ADMINISTRATOR),
      database: "defaultdb",
      ssl: true,
    });
    return {
      connection: at(behind?.host ?? `${name}.db.test`),
      private_connection: at(behind?.host ?? `private-${name}.db.test`),
    };
  };
  const certificate = Buffer.from(behind?.caCertificate ?? "a PEM").toString("base64");

  /** Users, databases and pools: made once, and asked for by name. */
  const collection = (plural: string, singular: string, more: (body: Json) => Json): Route[] => [
    route("POST", `/v2/databases/{id}/${plural}`, ({ body }, [id = ""]) => {
      found(clusters, id);
      return { [singular]: add(parts, `${id}/${plural}/${text(body, "name")}`, { ...body, ...more(body) }) };
    }),
    route("GET", `/v2/databases/{id}/${plural}`, (request, [id = ""]) =>
      listPage(plural, within(parts, `${id}/${plural}/`), request),
    ),
    route("GET", `/v2/databases/{id}/${plural}/{name}`, (_, [id, name]) => ({
      [singular]: found(parts, `${id}/${plural}/${name}`),
    })),
    route("DELETE", `/v2/databases/{id}/${plural}/{name}`, (_, [id, name]) => {
      parts.delete(`${id}/${plural}/${name}`);
      return OK;
    }),
  ];

  const routes = [
    route("POST", "/v2/databases", ({ body }) => {
      const id = `cluster-${clusters.size + 1}`;
      const name = text(body, "name");
      parts.set(`${id}/users/${ADMINISTRATOR}`, { name: ADMINISTRATOR, role: "primary" });
      const cluster = {
        storage_size_mib: 30_720,
        ...body,
        ...connections(name),
        id,
        status: "online",
        created_at: new Date().toISOString(),
        project_id: "project-1",
        maintenance_window: { day: "monday", hour: "00:00:00" },
      };
      return { database: add(clusters, id, cluster) };
    }),
    route("GET", "/v2/databases", (request) => listPage("databases", clusters.values(), request)),
    route("GET", "/v2/databases/{id}", (_, [id = ""]) => ({ database: found(clusters, id) })),
    route("PUT", "/v2/databases/{id}/maintenance", ({ body }, [id = ""]) => {
      clusters.set(id, { ...found(clusters, id), maintenance_window: body });
      return OK;
    }),
    route("GET", "/v2/databases/{id}/autoscale", (_, [id = ""]) => ({
      autoscale: { storage: found(clusters, id).storage_autoscale ?? { enabled: false } },
    })),
    route("PUT", "/v2/databases/{id}/autoscale", ({ body }, [id = ""]) => {
      clusters.set(id, { ...found(clusters, id), storage_autoscale: body.storage });
      return OK;
    }),
    route("GET", "/v2/databases/{id}/ca", () => ({ ca: { certificate } })),
    // The first one is made within a day.
    route("GET", "/v2/databases/{id}/backups", (_, [id = ""]) => {
      const { backup_hour = 0, backup_minute = 0 } = configs.get(id) ?? {};
      return { backups: [], scheduled_backup_time: { backup_hour, backup_minute, backup_interval_hours: 24 } };
    }),
    route("PATCH", "/v2/databases/{id}/config", ({ body }, [id = ""]) => {
      configs.set(id, { ...configs.get(id), ...(body.config as Json) });
      return OK;
    }),
    route("GET", "/v2/databases/{id}/config", (_, [id = ""]) => ({ config: configs.get(id) ?? {} })),
    route("POST", "/v2/databases/{id}/replicas", ({ body }, [id = ""]) => {
      const name = text(body, "name");
      const uuid = `replica-of-${id}-${name}`;
      const made = { storage_size_mib: 30_720, ...body, ...connections(name), id: uuid, status: "online" };
      return { replica: add(replicas, `${id}/${name}`, { ...made, created_at: new Date().toISOString() }) };
    }),
    route("GET", "/v2/databases/{id}/replicas", (request, [id = ""]) =>
      listPage("replicas", within(replicas, `${id}/`), request),
    ),
    route("GET", "/v2/databases/{id}/replicas/{name}", (_, [id, name]) => ({
      replica: found(replicas, `${id}/${name}`),
    })),
    route("DELETE", "/v2/databases/{id}/replicas/{name}", (_, [id, name]) => {
      replicas.delete(`${id}/${name}`);
      return OK;
    }),
    route("PUT", "/v2/databases/{id}/firewall", ({ body }, [id = ""]) => {
      const isServer = clusters.has(id) || [...replicas.values()].some((replica) => replica.id === id);
      if (!isServer) throw new ApiError(404, `${id} is no server`);
      trusted.set(id, body.rules as TrustedSource[]);
      return OK;
    }),
    route("GET", "/v2/databases/{id}/firewall", (_, [id = ""]) => ({
      rules: (trusted.get(id) ?? []).map(({ type, value }) => ({
        uuid: `rule-${value}`,
        cluster_uuid: id,
        type,
        value,
        created_at: new Date().toISOString(),
      })),
    })),
    ...collection("users", "user", ({ name }) => ({ role: "normal", password: passwordOf(String(name)) })),
    ...collection("dbs", "db", () => ({})),
    ...collection("pools", "pool", (body) => connections(text(body, "name"), behind?.poolPort ?? 25_061)),
  ];
  return { trusted, routes };
}

function within(stored: ReadonlyMap<string, Json>, prefix: string): Json[] {
  return [...stored].flatMap(([key, value]) => (key.startsWith(prefix) ? [value] : []));
}
