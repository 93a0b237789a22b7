import { add, ApiError, found, type Json, Reply, type Route, route, text } from "../google-cloud/area.ts";

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

const CREATED_AT = "2026-01-01T00:00:00Z";
const OK = new Reply(204);

/**
 * Managed PostgreSQL, which is there as soon as it is asked for.
 * @see https://docs.digitalocean.com/reference/api/digitalocean/#tag/Databases
 */
export function managedDatabases(): ManagedDatabases {
  const clusters = new Map<string, Json>();
  const replicas = new Map<string, Json>();
  const trusted = new Map<string, readonly TrustedSource[]>();
  const configs = new Map<string, Json>();
  const parts = new Map<string, Json>();

  /** Users, databases and pools: made once, and asked for by name. */
  const collection = (plural: string, singular: string, more: (body: Json) => Json): Route[] => [
    route("POST", `/v2/databases/{id}/${plural}`, ({ body }, [id = ""]) => {
      found(clusters, id);
      return { [singular]: add(parts, `${id}/${plural}/${text(body, "name")}`, { ...body, ...more(body) }) };
    }),
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
      const cluster = {
        storage_size_mib: 30_720,
        ...body,
        ...connections(name),
        id,
        status: "online",
        created_at: CREATED_AT,
        project_id: "project-1",
        maintenance_window: { day: "monday", hour: "00:00:00" },
      };
      return { database: add(clusters, id, cluster) };
    }),
    route("GET", "/v2/databases/{id}", (_, [id = ""]) => ({ database: found(clusters, id) })),
    route("PUT", "/v2/databases/{id}/maintenance", ({ body }, [id = ""]) => {
      clusters.set(id, { ...found(clusters, id), maintenance_window: body });
      return OK;
    }),
    route("GET", "/v2/databases/{id}/ca", () => ({ ca: { certificate: Buffer.from("a PEM").toString("base64") } })),
    route("PATCH", "/v2/databases/{id}/config", ({ body }, [id = ""]) => {
      configs.set(id, { ...configs.get(id), ...(body.config as Json) });
      return OK;
    }),
    route("GET", "/v2/databases/{id}/config", (_, [id = ""]) => ({ config: configs.get(id) ?? {} })),
    route("POST", "/v2/databases/{id}/replicas", ({ body }, [id = ""]) => {
      const name = text(body, "name");
      const uuid = `replica-of-${id}-${name}`;
      const made = { storage_size_mib: 30_720, ...body, ...connections(name), id: uuid, status: "online" };
      return { replica: add(replicas, `${id}/${name}`, { ...made, created_at: CREATED_AT }) };
    }),
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
        created_at: CREATED_AT,
      })),
    })),
    ...collection("users", "user", () => ({ role: "normal", password: "a password of the platform's" })),
    ...collection("dbs", "db", () => ({})),
    ...collection("pools", "pool", (body) => connections(text(body, "name"), 25_061)),
  ];
  return { trusted, routes };
}

function connections(name: string, port = 25_060): Json {
  const at = (host: string): Json => ({
    uri: `postgresql://doadmin@${host}:${port}/defaultdb?sslmode=require`,
    host,
    port,
    user: "doadmin",
    password: "a password of the platform's",
    database: "defaultdb",
    ssl: true,
  });
  return { connection: at(`${name}.db.test`), private_connection: at(`private-${name}.db.test`) };
}
