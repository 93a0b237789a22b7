import { z } from "zod";
import { source } from "./words.ts";

/** Who reaches the servers, from where, and how both sides prove who they are. */
export const access = z.strictObject({
  network: z
    .strictObject({
      existing: z
        .string()
        .regex(
          /^(projects\/[^/]+\/global\/networks\/[^/]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
          "projects/<project>/global/networks/<name>, or on digitalocean the VPC's id",
        )
        .optional()
        .meta({ description: "A VPC that is there already. Default: one of the stack's own." }),
      subnet: z
        .string()
        .regex(
          /^projects\/[^/]+\/regions\/[^/]+\/subnetworks\/[^/]+$/,
          "projects/<project>/regions/<region>/subnetworks/<name>",
        )
        .optional()
        .meta({
          description: "Subnet of an existing VPC that the service's connections come from. Needed with a service.",
        }),
      subnetCidr: z
        .cidrv4("a range of IPv4 addresses, such as 10.100.0.0/24")
        .optional()
        .meta({ description: "Addresses of the own VPC (digitalocean) or its subnet (gcp). Default: 10.100.0.0/24." }),
      connection: z.enum(["private-services-access", "private-service-connect"]).optional().meta({
        description:
          "How the servers' private addresses come into the VPC. private-services-access has a peering, and its range is of an existing VPC's owner to make. Default: private-services-access.",
      }),
      servicesPrefixLength: z
        .int()
        .min(8)
        .max(24)
        .optional()
        .meta({ description: "Size of the range that is set aside for managed services in an own VPC. Default: 20." }),
    })
    .optional()
    .meta({ description: "The private network; a public address is never given." }),
  sources: z.array(source).optional().meta({
    description:
      "Further addresses that may reach the databases, as ranges. Default: none. The data host is open to the VPC anyway. Beside a data host, the primary trusts that host and these alone: an application in the VPC has to be named. Without one it trusts the VPC. DigitalOcean only.",
  }),
  ssh: z
    .strictObject({
      keys: z
        .array(
          z
            .string()
            .regex(
              /^(\d+|[0-9a-f]{2}(:[0-9a-f]{2}){15})$/,
              "a key's id or fingerprint, as `doctl compute ssh-key list` shows it",
            ),
        )
        .meta({ description: "SSH keys of the account that may log in to the data host. Needed with one." }),
      sources: z
        .array(source)
        .meta({ description: "Addresses that SSH to the data host is open to, as ranges. Needed with one." }),
    })
    .optional()
    .meta({ description: "Who administers the data host: `pgt` configures it, and reaches both databases, over SSH." }),
  path: z.enum(["socket", "private-address"]).optional().meta({
    description:
      "How the service reaches the primary: through the unix socket that Cloud Run mounts, or by its private address. Default: private-address.",
  }),
  login: z.enum(["iam", "password"]).optional().meta({
    description:
      "What the service shows: a token of its service account, or a password. Default: iam; with a sidecar, password.",
  }),
  certificateAuthority: z.enum(["per-instance", "shared", "customer"]).optional().meta({
    description:
      "Who signs the servers' certificates. shared and customer have names to check (verify-full), per-instance has none (verify-ca). Default: shared; with the path socket, per-instance.",
  }),
  certificateAuthorityPool: z
    .string()
    .regex(
      /^projects\/[^/]+\/locations\/[^/]+\/caPools\/[^/]+$/,
      "projects/<project>/locations/<region>/caPools/<name>",
    )
    .optional()
    .meta({ description: "Pool of the customer's own authority. Needed when certificateAuthority is customer." }),
  clientCertificates: z
    .boolean()
    .optional()
    .meta({ description: "Clients must show a certificate, too. Default: false." }),
  verification: z
    .strictObject({
      image: z
        .string()
        .min(1)
        .meta({ description: "An image with this project in it (images/verify/Dockerfile), by digest." }),
    })
    .optional()
    .meta({
      description:
        "A Cloud Run job in the VPC, which `--vantage job` has prove the servers by SQL. Its account reads three passwords from Secret Manager. Default: none.",
    }),
});

/** The Cloud Run service in front of the database. */
export const service = z.strictObject({
  image: z
    .string()
    .regex(/^\S+$/, "an image's name, such as registry/name@sha256:…")
    .meta({ description: "The application's image; by digest, so that a deployment is one thing." }),
  port: z.int().min(1).max(65_535).optional().meta({ description: "Port that it listens on. Default: 8080." }),
  minInstances: z.int().min(0).optional().meta({ description: "Instances kept warm. Default: 0, in prod 1." }),
  maxInstances: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: "Most instances at once; each opens its own connections. Default: 5." }),
  concurrency: z.int().min(1).max(1000).optional().meta({ description: "Requests at once per instance. Default: 80." }),
  cpus: z.number().positive().max(8).optional().meta({ description: "Processors of an instance. Default: 1." }),
  memoryMiB: z.int().min(128).optional().meta({ description: "Memory of an instance, in MiB. Default: 512." }),
  healthPath: z
    .string()
    .regex(/^\/[^\s?#]*$/, "a path, such as /healthz")
    .optional()
    .meta({ description: "Path that start-up and liveness probes ask. Default: /healthz." }),
  public: z.boolean().optional().meta({
    description: "Whether the internet may send requests to it. Default: false: the VPC and load balancers only.",
  }),
  environment: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a variable's name in capitals"), z.string())
    .optional()
    .meta({ description: "Variables of its own, none of them secret. Default: none." }),
});
