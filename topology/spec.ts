import { z } from "zod";
import { access, service } from "./spec/access.ts";
import { backup } from "./spec/backup.ts";
import { data } from "./spec/data.ts";
import { expected } from "./spec/expected.ts";
import { application, budget, maintenance, objectives, observability, protection } from "./spec/operation.ts";
import { pooling } from "./spec/pooling.ts";
import { ports, replicas, size, storage } from "./spec/server.ts";
import { databaseName, region } from "./spec/words.ts";

// The one source of every field's description, default behaviour and shape: the JSON schema for editors and the
// reference in docs/reference/ are generated from it. Defaults are not filled here but in resolve.ts, once; which
// target has what, capabilities.ts says.

/** What a stack wants: the value of the configuration key `pgtopology:topology`. */
export const topologySpec = z
  .strictObject({
    target: z.enum(["docker", "gcp", "digitalocean"]).meta({ description: "Where the topology runs." }),
    environment: z
      .enum(["local", "staging", "prod"])
      .optional()
      .meta({ description: "Which floors the requirements have. Default: local on docker, else staging." }),
    version: z.literal([15, 16, 17, 18]).optional().meta({ description: "PostgreSQL's major version. Default: 17." }),
    edition: z.enum(["enterprise", "enterprise-plus"]).optional().meta({
      description: "Edition of Cloud SQL; always sent, because the cloud's own default changes. Default: enterprise.",
    }),
    region: region
      .optional()
      .meta({ description: "The cloud's region of primary, service, network and read replicas. Needed in a cloud." }),
    database: databaseName
      .optional()
      .meta({ description: "Name of the application's database and read-write role. Default: app." }),
    project: z
      .uuid("a project's id, as `doctl projects list` shows it")
      .optional()
      .meta({ description: "DigitalOcean's project that everything is listed in. Default: the account's own." }),
    data: data.optional().meta({
      description: "The data database of a split: a second PostgreSQL that the stack runs itself. Default: none.",
    }),
    mode: z.enum(["single", "split"]).optional().meta({
      description:
        "What applications are told: split gives them both databases, single the data database as the only one. No server changes with it. Default: split.",
    }),
    size: size.optional().meta({ description: "Of each server; memory parameters follow from it." }),
    storage: storage.optional().meta({ description: "The servers' disks, and what may fill them." }),
    highAvailability: z.boolean().optional().meta({
      description: "A synchronous standby in a second zone takes over by itself. Default: true in prod in a cloud.",
    }),
    replicas: replicas.optional().meta({ description: "Replicas by name. Default: none." }),
    ports: ports.optional().meta({ description: "Where the topology can be reached on this machine. Docker only." }),
    pooling: pooling.optional().meta({ description: "Connection pooling." }),
    backup: backup.optional().meta({ description: "WAL archive, backups and their copies." }),
    access: access.optional().meta({ description: "Networks, logins and certificates." }),
    service: service.optional().meta({ description: "The Cloud Run service that uses the database. Default: none." }),
    tls: z
      .strictObject({
        minProtocolVersion: z.enum(["TLSv1.2", "TLSv1.3"]).optional().meta({
          description: "Oldest TLS version that servers accept. Default: TLSv1.3 on docker; gcp decides itself.",
        }),
      })
      .optional()
      .meta({ description: "Encryption of connections; plain text is never accepted." }),
    parameters: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ description: "PostgreSQL parameters, as in postgresql.conf. Default: max_connections 100, and more." }),
    expected: expected
      .optional()
      .meta({ description: "What the application expects to find in its database; `pgt verify` looks for it." }),
    maintenance: maintenance.optional().meta({ description: "When the cloud may work on the servers." }),
    protection: protection.optional().meta({ description: "What survives a removal, and what refuses one." }),
    observability: observability.optional().meta({ description: "What is written down of the servers' work." }),
    objectives: objectives
      .optional()
      .meta({ description: "Recovery objectives; a topology that can't meet them is refused." }),
    budget: budget.optional().meta({ description: "What may be spent; more than that fails `pgt cost`." }),
    application: application.optional().meta({ description: "Pool sizes handed to the application by `pgt env`." }),
  })
  .meta({ title: "pgtopology:topology", description: "A PostgreSQL topology." });

/** What a stack wants, before defaults. */
export type TopologySpec = z.infer<typeof topologySpec>;

/** Where a topology runs. */
export type Target = TopologySpec["target"];

/** The wish for one target. */
export type SpecOf<T extends Target> = TopologySpec & { target: T };
