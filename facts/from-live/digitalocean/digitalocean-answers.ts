import { z } from "zod";

// What is read of the answers of DigitalOcean's API; what else is in them, passwords among it, is passed over and kept
// nowhere. https://docs.digitalocean.com/reference/api/digitalocean/#tag/Databases, in the words of
// https://github.com/digitalocean/openapi/tree/main/specification/resources (databases, droplets, firewalls, vpcs).

const time = z.iso.datetime({ offset: true });
/** Some clients are given null where there is nothing. */
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

/** `GET /v2/databases/{id}` */
export const clusterAnswer = z.object({
  database: z.object({
    id: z.string(),
    engine: z.string().optional(),
    version: z.string().optional(),
    num_nodes: z.int().optional(),
    size: z.string().optional(),
    region: z.string().optional(),
    status: z.string().optional(),
    created_at: time.optional(),
    private_network_uuid: z.string().optional(),
    maintenance_window: z.object({ day: z.string(), hour: z.string() }).nullish(),
    storage_size_mib: z.int().nullish(),
  }),
});

const growth = z.object({ storage: z.object({ enabled: z.boolean() }).nullish() });

/** `GET /v2/databases/{id}/autoscale`: as the specification has it, or as the platform's own client reads it. */
export const autoscaleAnswer = z.union([
  z.object({ autoscale: growth }),
  // https://github.com/digitalocean/godo/blob/main/databases.go: databaseStorageAutoscaleRoot
  z.object({ storage: growth.shape.storage.unwrap() }).transform(({ storage }) => ({ autoscale: { storage } })),
]);

/** `GET /v2/databases/{id}/config`, in the API's units. */
export const configAnswer = z.object({ config: z.record(z.string(), z.unknown()) });

/** `GET /v2/databases/{id}/firewall`, of a cluster or, by its own id, of a replica. */
export const sourcesAnswer = z.object({ rules: list(z.object({ type: z.string(), value: z.string() })) });

/** `GET /v2/databases/{id}/pools` */
export const poolsAnswer = z.object({
  pools: list(
    z.object({
      name: z.string(),
      mode: z.string(),
      size: z.int(),
      db: z.string(),
      user: z.string().optional(),
    }),
  ),
});

/** `GET /v2/databases/{id}/replicas` */
export const replicasAnswer = z.object({
  replicas: list(
    z.object({
      id: z.string(),
      name: z.string(),
      region: z.string().optional(),
      size: z.string().optional(),
      status: z.string().optional(),
      private_network_uuid: z.string().optional(),
      storage_size_mib: z.int().nullish(),
    }),
  ),
});

/** `GET /v2/databases/{id}/users` */
export const usersAnswer = z.object({ users: list(z.object({ name: z.string(), role: z.string().optional() })) });

/** `GET /v2/databases/{id}/backups` */
export const backupsAnswer = z.object({
  backups: list(z.object({ created_at: time, size_gigabytes: z.number().optional() })),
  scheduled_backup_time: z.object({ backup_hour: z.int(), backup_minute: z.int() }).nullish(),
});

/** `GET /v2/vpcs/{id}` */
export const vpcAnswer = z.object({ vpc: z.object({ id: z.string(), ip_range: z.string().optional() }) });

/** `GET /v2/droplets/{id}` */
export const dropletAnswer = z.object({
  droplet: z.object({
    id: z.int(),
    status: z.string().optional(),
    size_slug: z.string().optional(),
    region: z.object({ slug: z.string() }).optional(),
    vpc_uuid: z.string().optional(),
    volume_ids: list(z.string()),
  }),
});

const target = z.object({
  addresses: list(z.string()),
  droplet_ids: list(z.int()),
  load_balancer_uids: list(z.string()),
  kubernetes_ids: list(z.string()),
  tags: list(z.string()),
});

/** `GET /v2/droplets/{id}/firewalls`: every cloud firewall that the Droplet is behind. */
export const firewallsAnswer = z.object({
  firewalls: list(
    z.object({
      id: z.string(),
      inbound_rules: list(z.object({ protocol: z.string(), ports: z.string(), sources: target })),
    }),
  ),
});

export type ClusterAnswer = z.infer<typeof clusterAnswer>["database"];
export type ConfigAnswer = z.infer<typeof configAnswer>["config"];
export type ReplicaAnswer = NonNullable<z.infer<typeof replicasAnswer>["replicas"]>[number];
export type SourceAnswer = NonNullable<z.infer<typeof sourcesAnswer>["rules"]>[number];
export type PoolAnswer = NonNullable<z.infer<typeof poolsAnswer>["pools"]>[number];
export type UserAnswer = NonNullable<z.infer<typeof usersAnswer>["users"]>[number];
export type BackupsAnswer = z.infer<typeof backupsAnswer>;
export type VpcAnswer = z.infer<typeof vpcAnswer>["vpc"];
export type DropletAnswer = z.infer<typeof dropletAnswer>["droplet"];
export type FirewallAnswer = NonNullable<z.infer<typeof firewallsAnswer>["firewalls"]>[number];

/**
 * What DigitalOcean says of a stack's things. `undefined`: there is nothing of that id.
 * @throws {PgtError} exit code 3 where the caller may not ask; else for a reason that is another in a moment
 */
export interface DigitalOceanApi {
  cluster(id: string): Promise<ClusterAnswer | undefined>;
  /** Whether the disk grows by itself. */
  autoscales(id: string): Promise<boolean | undefined>;
  /** Parameters as the platform holds them, and would give them to a new server. */
  config(id: string): Promise<ConfigAnswer | undefined>;
  /** Trusted sources of a cluster, or of a replica by its own id. */
  sources(id: string): Promise<readonly SourceAnswer[] | undefined>;
  pools(id: string): Promise<readonly PoolAnswer[] | undefined>;
  replicas(id: string): Promise<readonly ReplicaAnswer[] | undefined>;
  users(id: string): Promise<readonly UserAnswer[] | undefined>;
  backups(id: string): Promise<BackupsAnswer | undefined>;
  vpc(id: string): Promise<VpcAnswer | undefined>;
  droplet(id: string): Promise<DropletAnswer | undefined>;
  /** Cloud firewalls that the Droplet is behind. */
  firewallsOf(dropletId: string): Promise<readonly FirewallAnswer[] | undefined>;
}
