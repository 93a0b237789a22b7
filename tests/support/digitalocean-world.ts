import type { DigitalOceanWorld } from "../../cli/stack/open-digitalocean.ts";
import type { Place } from "../../cli/stack/place.ts";
import { ROLE_KEYS, type RoleKey } from "../../topology/names.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import { CLOUD_ROLE_KEYS, type CloudSecrets } from "../../topology/secrets.ts";
import type { SpecOf } from "../../topology/spec.ts";

/** A split as an `up` leaves it: every secret says whose it is. */
export function digitalOceanWorld(place: Place, more: Partial<SpecOf<"digitalocean">> = {}): DigitalOceanWorld {
  const topology = resolveTopology({ target: "digitalocean", region: "nyc3", data: {}, ...more }, "split");
  const server = topology.dataHost?.server;
  const shared = {
    target: "digitalocean",
    environment: "staging",
    version: 17,
    tlsMode: "verify-full",
    pending: [],
  } as const;
  const passwords = <R extends RoleKey>(roles: readonly R[], whose: string): Record<R, string> =>
    Object.fromEntries(roles.map((role) => [role, `${whose}-${role}`])) as Record<R, string>;
  return {
    place,
    topology,
    outputs: {
      ...shared,
      name: topology.name,
      database: topology.database,
      writer: { host: "private-split.db.example", port: 25_060 },
      readers: {},
      pooled: { host: "private-split.db.example", port: 25_061, writerPool: "app_pool", readerPool: undefined },
      caCertificate: "the cluster's CA",
      data: server && {
        ...shared,
        name: server.name,
        database: server.database,
        writer: { host: "10.100.0.3", port: 5432 },
        readers: {},
        pooled: { host: "10.100.0.3", port: 6432, writerPool: "data", readerPool: "data_readers" },
        caCertificate: "the stack's CA",
      },
    },
    delivery: {
      clusterId: "c1",
      replicaIds: {},
      passwords: passwords(CLOUD_ROLE_KEYS, "managed") satisfies CloudSecrets["passwords"],
      dataHost: server && {
        dropletId: "4711",
        publicAddress: "203.0.113.9",
        privateAddress: "10.100.0.3",
        bucket: {
          name: "split-backups-k3x9",
          region: "nyc3",
          endpoint: "nyc3.digitaloceanspaces.com",
          accessKey: "bucket-id",
          secretKey: "bucket-secret",
        },
      },
    },
    dataSecrets: server && {
      passwords: passwords(ROLE_KEYS, "data"),
      repositoryPassphrase: "the repository's",
      authority: { certificate: "the stack's CA", key: "the CA's key" },
    },
    authSecret: server && "the application's",
    hostKey: undefined,
  };
}
