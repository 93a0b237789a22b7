import { add, ApiError, found, type Json, Reply, type Route, route, text } from "../google-cloud/area.ts";
import { listPage } from "./list-page.ts";

const CREATED_AT = "2026-01-01T00:00:00Z";
/** Every action ends at once. */
const COMPLETED = { id: 1, status: "completed", completed_at: CREATED_AT };

/** A machine that stands behind the first Droplet that is made; without one, nobody answers there. */
export interface MachineBehind {
  readonly publicAddress: string;
  readonly privateAddress: string;
  /** Its first boot begins, as that of a Droplet whose creation the API has taken. */
  readonly boot: (userData: string) => void;
  /** Of the bucket's. */
  readonly key: { readonly id: string; readonly secret: string };
}

/**
 * Networks, machines, volumes, firewalls, alerts, projects and keys: each is made once, and asked for by its id.
 * @see https://docs.digitalocean.com/reference/api/digitalocean/
 */
export function machines(behind?: MachineBehind): readonly Route[] {
  const volumes = new Map<string, Json>();
  const droplets = new Map<string, Json>();
  const firewalls = new Map<string, Json>();
  const assigned = new Set<string>();
  return [
    ...collection("vpcs", "vpc", (body, id) => ({
      ...body,
      id,
      urn: `do:vpc:${id}`,
      description: "",
      default: false,
      created_at: CREATED_AT,
    })),
    ...collection("droplets", "droplet", (body, id) => madeDroplet(body, id, behind), droplets),
    route("GET", "/v2/droplets/{id}/firewalls", (_, [id]) => ({
      firewalls: [...firewalls.values()].filter(({ droplet_ids }) => (droplet_ids as number[]).includes(Number(id))),
    })),
    route("POST", "/v2/droplets/{id}/actions", ({ body }, [id = ""]) => {
      if (text(body, "type") !== "shutdown") throw new ApiError(422, `no action ${text(body, "type")}`);
      droplets.set(id, { ...found(droplets, id), status: "off" });
      return { action: COMPLETED };
    }),
    ...collection("volumes", "volume", madeVolume, volumes),
    route("POST", "/v2/volumes/{id}/actions", ({ body }, [id = ""]) => {
      const [droplet, attached] = [String(body.droplet_id), text(body, "type") === "attach"];
      volumes.set(id, { ...found(volumes, id), droplet_ids: attached ? [Number(droplet)] : [] });
      droplets.set(droplet, { ...found(droplets, droplet), volume_ids: attached ? [id] : [] });
      return { action: COMPLETED };
    }),
    route("GET", "/v2/actions/{id}", () => ({ action: COMPLETED })),
    ...collection(
      "firewalls",
      "firewall",
      (body, id) => ({ ...body, id, status: "succeeded", created_at: CREATED_AT }),
      firewalls,
    ),
    ...collection("monitoring/alerts", "policy", (body, id) => ({ ...body, uuid: id })),
    ...collection(
      "spaces/keys",
      "key",
      (body, id) => ({
        ...body,
        access_key: id,
        secret_key: behind?.key.secret ?? "a secret of the platform's",
        created_at: CREATED_AT,
      }),
      new Map(),
      behind?.key.id,
    ),
    // The account's own is "default".
    route("GET", "/v2/projects/{id}", (_, [id]) => ({ project: { id } })),
    route("POST", "/v2/projects/{id}/resources", ({ body }) => {
      for (const urn of body.resources as string[]) assigned.add(urn);
      return { resources: [...assigned].map((urn) => ({ urn })) };
    }),
    route("GET", "/v2/projects/{id}/resources", () => ({ resources: [...assigned].map((urn) => ({ urn })) })),
  ];
}

function collection(
  plural: string,
  singular: string,
  made: (body: Json, id: string) => Json,
  stored = new Map<string, Json>(),
  named?: string,
): Route[] {
  return [
    route("POST", `/v2/${plural}`, ({ body }) => {
      // A Droplet's id is a number.
      const id = named ?? String(4711 + stored.size);
      return { [singular]: add(stored, id, made(body, id)) };
    }),
    route("GET", `/v2/${plural}`, (request) => listPage(plural, stored.values(), request)),
    route("GET", `/v2/${plural}/{id}`, (_, [id = ""]) => ({ [singular]: found(stored, id) })),
    route("PUT", `/v2/${plural}/{id}`, ({ body }, [id = ""]) => {
      stored.set(id, { ...found(stored, id), ...body });
      return { [singular]: found(stored, id) };
    }),
    route("DELETE", `/v2/${plural}/{id}`, (_, [id = ""]) => {
      stored.delete(id);
      return new Reply(204);
    }),
  ];
}

function madeDroplet(body: Json, id: string, behind: MachineBehind | undefined): Json {
  behind?.boot(text(body, "user_data"));
  return {
    ...body,
    id: Number(id),
    region: { slug: body.region },
    size: { slug: body.size },
    size_slug: body.size,
    image: { slug: body.image },
    status: "active",
    features: ["monitoring", "private_networking"],
    networks: {
      v4: [
        { ip_address: behind?.publicAddress ?? "198.51.100.77", type: "public" },
        { ip_address: behind?.privateAddress ?? "10.100.0.7", type: "private" },
      ],
    },
    volume_ids: [],
    created_at: CREATED_AT,
  };
}

function madeVolume(body: Json, id: string): Json {
  return { ...body, id, region: { slug: body.region }, droplet_ids: [], created_at: CREATED_AT };
}
