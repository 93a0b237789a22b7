import * as pulumi from "@pulumi/pulumi";
import type { RoleKey } from "../topology/names.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import type { ResolvedDigitalOcean } from "../topology/resolved-digitalocean.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import {
  AUTH_SECRET_KEY,
  CLOUD_ROLE_KEYS,
  type CloudSecrets,
  readStackSecrets,
  DATA_KEYS,
  SECRET_KEYS,
  type StackSecrets,
} from "../topology/secrets.ts";
import { DISASTER_RECOVERY_KEY, IMAGE_KEY, PROJECT, SUFFIX_KEY } from "./keys.ts";
import { parseTopology } from "./parse.ts";
import { StackValues } from "./stack-values.ts";

/** What is handed on to applications as it is. */
interface ForApplications {
  /** `undefined` without a data database. */
  readonly authSecret: pulumi.Output<string> | undefined;
}

/** Everything that the program takes from the configuration of a stack on Docker. */
export interface DockerConfig extends StackSecrets<pulumi.Output<string>>, ForApplications {
  /** Id of the image that every container takes: `sha256:…`. */
  readonly imageId: string;
}

/** Everything that the program takes from the configuration of a stack on Cloud SQL. */
export interface GcpConfig {
  readonly topology: ResolvedGcp;
  readonly secrets: CloudSecrets<pulumi.Output<string>>;
  /** The project of the cloud, `gcp:project`. */
  readonly project: string;
  /** Ends every name, so that a new instance can have one while an old name is still held back. */
  readonly suffix: string;
  /** Key of the replica that is designated to take over, once it runs. */
  readonly designatedReplica: string | undefined;
}

/** Everything that the program takes from the configuration of a stack on DigitalOcean: passwords are the platform's. */
export interface DigitalOceanConfig extends ForApplications {
  readonly topology: ResolvedDigitalOcean;
  /** Ends every name: a bucket's has to be one of its own in the world. */
  readonly suffix: string;
  /** PEM of the stack's own authority, which signs the data host's certificate; empty without a data host. */
  readonly caCertificate: string;
}

/** What the program takes from its stack's configuration, by target. */
export type LoadedConfig = DockerConfig | GcpConfig | DigitalOceanConfig;

/**
 * Reads the stack's configuration; the only reader of it in the program.
 * A value that is missing is a placeholder with a warning in a preview, and refused in an update.
 * @throws {PgtError} exit code 2
 */
export function loadConfig(): LoadedConfig {
  const stack = pulumi.getStack();
  const values = new StackValues(stack);
  const topology = parseTopology(values.topology(), stack, `the configuration of stack ${stack}`);
  const loaded = configOf(topology, values);
  values.reportMissing();
  return loaded;
}

function configOf(topology: ResolvedTopology, values: StackValues): LoadedConfig {
  switch (topology.target) {
    case "docker":
      return dockerConfig(topology, values);
    case "gcp":
      return gcpConfig(topology, values);
    case "digitalocean":
      return digitalOceanConfig(topology, values);
  }
}

function digitalOceanConfig(topology: ResolvedDigitalOcean, values: StackValues): DigitalOceanConfig {
  return {
    topology,
    suffix: values.plain(SUFFIX_KEY),
    caCertificate: topology.dataHost === undefined ? "" : values.plain(DATA_KEYS.caCertificate),
    authSecret: topology.dataHost && values.secret(AUTH_SECRET_KEY),
  };
}

function dockerConfig(topology: ResolvedDocker, values: StackValues): DockerConfig {
  const secrets = readStackSecrets(topology, {
    plain: (key) => values.plain(key),
    secret: (key) => values.secret(key),
  });
  const authSecret = topology.data && values.secret(AUTH_SECRET_KEY);
  return { ...secrets, imageId: values.plain(IMAGE_KEY), authSecret };
}

function gcpConfig(topology: ResolvedGcp, values: StackValues): GcpConfig {
  return {
    topology,
    secrets: { passwords: passwords(CLOUD_ROLE_KEYS, values) },
    project: new pulumi.Config("gcp").require("project"),
    suffix: values.plain(SUFFIX_KEY),
    designatedReplica: new pulumi.Config(PROJECT).get(DISASTER_RECOVERY_KEY),
  };
}

function passwords<R extends RoleKey>(
  roles: readonly R[],
  values: StackValues,
): Readonly<Record<R, pulumi.Output<string>>> {
  return Object.fromEntries(roles.map((role) => [role, values.secret(SECRET_KEYS.password(role))])) as Record<
    R,
    pulumi.Output<string>
  >;
}
