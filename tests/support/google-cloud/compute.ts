import { add, ApiError, found, type Json, type Route, route, text, type World } from "./area.ts";

const PROJECT = "/compute/beta/projects/{project}";
const REGION = `${PROJECT}/regions/{region}`;

/** Networks, subnetworks and global addresses: https://cloud.google.com/compute/docs/reference/rest/beta */
export function compute(world: World): Route[] {
  const [networks, subnetworks, addresses] = [1, 2, 3].map(() => new Map<string, Json>()) as [Shelf, Shelf, Shelf];
  const link = (path: string): string => `${world.origin}/compute/beta/projects/${world.project}/${path}`;
  const done = (operationType: string, target: string): Json => ({
    kind: "compute#operation",
    name: `operation-${operationType}-${target.replaceAll("/", "-")}`,
    operationType,
    progress: 100,
    status: "DONE",
    targetLink: link(target),
    selfLink: link(`operations/${target}`),
  });
  let created = 0;
  const insert = (shelf: Shelf, path: string, body: Json, defaults: Json): Json => {
    const target = `${path}/${text(body, "name")}`;
    created += 1;
    add(shelf, text(body, "name"), {
      ...defaults,
      ...body,
      id: String(1_000_000 + created),
      creationTimestamp: "2026-11-21T02:00:00.000-08:00",
      selfLink: link(target),
      fingerprint: Buffer.from(target).toString("base64"),
    });
    return done("insert", target);
  };
  const remove = (shelf: Shelf, path: string, name: string): Json => {
    found(shelf, name);
    shelf.delete(name);
    return done("delete", `${path}/${name}`);
  };
  return [
    route("POST", `${PROJECT}/global/networks`, ({ body }) =>
      insert(networks, "global/networks", body, {
        kind: "compute#network",
        routingConfig: { routingMode: "REGIONAL", bgpBestPathSelectionMode: "LEGACY" },
        networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
      }),
    ),
    route("GET", `${PROJECT}/global/networks/{name}`, (_, [, name = ""]) => found(networks, name)),
    route("DELETE", `${PROJECT}/global/networks/{name}`, (_, [, name = ""]) => {
      const used = [...subnetworks.values(), ...addresses.values()].find(({ network }) => isOf(network, name));
      if (used !== undefined) {
        throw new ApiError(400, `The network resource '${name}' is already being used by '${text(used, "name")}'`);
      }
      return remove(networks, "global/networks", name);
    }),
    route("POST", `${REGION}/subnetworks`, ({ body }, [, region = ""]) =>
      insert(subnetworks, `regions/${region}/subnetworks`, body, {
        kind: "compute#subnetwork",
        gatewayAddress: gatewayOf(text(body, "ipCidrRange")),
        purpose: "PRIVATE",
        stackType: "IPV4_ONLY",
        privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
      }),
    ),
    route("GET", `${REGION}/subnetworks/{name}`, (_, [, , name = ""]) => found(subnetworks, name)),
    route("DELETE", `${REGION}/subnetworks/{name}`, (_, [, region = "", name = ""]) =>
      remove(subnetworks, `regions/${region}/subnetworks`, name),
    ),
    route("POST", `${PROJECT}/global/addresses`, ({ body }) =>
      insert(addresses, "global/addresses", body, {
        kind: "compute#address",
        address: "10.20.0.0",
        status: "RESERVED",
        networkTier: "PREMIUM",
        labelFingerprint: "42WmSpB8rSM=",
      }),
    ),
    route("GET", `${PROJECT}/global/addresses/{name}`, (_, [, name = ""]) => found(addresses, name)),
    route("POST", `${PROJECT}/global/addresses/{name}/setLabels`, ({ body }, [, name = ""]) => {
      Object.assign(found(addresses, name), { labels: body.labels });
      return done("setLabels", `global/addresses/${name}`);
    }),
    route("DELETE", `${PROJECT}/global/addresses/{name}`, (_, [, name = ""]) =>
      remove(addresses, "global/addresses", name),
    ),
  ];
}

type Shelf = Map<string, Json>;

function isOf(network: unknown, name: string): boolean {
  return typeof network === "string" && network.endsWith(`/networks/${name}`);
}

/** The first address of a range is the gateway's. */
function gatewayOf(range: string): string {
  return range.replace(/0\/\d+$/, "1");
}
