import * as pulumi from "@pulumi/pulumi";
import type fc from "fast-check";
import { type CreatedTopology, createTopology, type TopologyArgs } from "../../components/create-topology.ts";
import type { RoleKey } from "../../topology/names.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { AUTH_SECRET_KEY, CLOUD_ROLE_KEYS, readStackSecrets } from "../../topology/secrets.ts";
import type { SpecOf, Target, TopologySpec } from "../../topology/spec.ts";
import { type RecordedResource, type Recording, recordResources } from "../support/planned-resources.ts";
import { CLOUD_ANSWERS, madeByCloud } from "../support/pretend-cloud.ts";
import { DIGITALOCEAN_ANSWERS, madeByDigitalOcean, platformSecret } from "../support/pretend-digitalocean.ts";
import { validDigitalOceanSpec } from "../support/valid-digitalocean-specs.ts";
import { validDockerSpec } from "../support/valid-docker-specs.ts";
import { validGcpSpec } from "../support/valid-specs.ts";
import { DIGITALOCEAN_WISHES, DOCKER_WISHES, GCP_WISHES } from "./wishes.ts";

/** A target, as the contract sees it. */
export interface ContractTarget {
  /** Type of the one component that a stack is. */
  readonly component: string;
  readonly wishes: Readonly<Record<string, TopologySpec>>;
  readonly anyWish: fc.Arbitrary<TopologySpec>;
  /** Who makes the secrets: those of the platform are not known in a preview, and no resource is told one. */
  readonly secretsFrom: "configuration" | "platform";
}

/** Every target that a spec can name: a new one is part of the suite, or nothing compiles. */
export const TARGETS: Readonly<Record<Target, ContractTarget>> = {
  docker: {
    component: "pgtopology:docker:Topology",
    wishes: DOCKER_WISHES satisfies Record<string, SpecOf<"docker">>,
    anyWish: validDockerSpec,
    secretsFrom: "configuration",
  },
  gcp: {
    component: "pgtopology:gcp:Topology",
    wishes: GCP_WISHES satisfies Record<string, SpecOf<"gcp">>,
    anyWish: validGcpSpec,
    secretsFrom: "configuration",
  },
  digitalocean: {
    component: "pgtopology:digitalocean:Topology",
    wishes: DIGITALOCEAN_WISHES satisfies Record<string, SpecOf<"digitalocean">>,
    anyWish: validDigitalOceanSpec,
    secretsFrom: "platform",
  },
};

/** What a program did, and what it was told to keep to itself. */
export interface Plan extends Recording<CreatedTopology> {
  readonly topology: ResolvedTopology;
  /** A text for each secret, that no other value has in it. */
  readonly markers: readonly string[];
}

/** Runs the program of a wish, as a stack of this name. */
export async function planOf(spec: TopologySpec, options: { stack?: string; preview?: boolean } = {}): Promise<Plan> {
  const topology = resolveTopology(spec, options.stack ?? "unit");
  const { args, markers } = programOf(topology);
  const recording = await recordResources(() => createTopology(args), {
    preview: options.preview ?? false,
    madeByCloud: topology.target === "digitalocean" ? madeByDigitalOcean : madeByCloud,
    answers: { ...CLOUD_ANSWERS, ...DIGITALOCEAN_ANSWERS },
  });
  return { ...recording, topology, markers };
}

function programOf(topology: ResolvedTopology): { args: TopologyArgs; markers: string[] } {
  if (topology.target === "digitalocean") {
    const { administrator, owner, readWrite, readOnly, monitoring } = topology.roles;
    const keys = topology.dataHost?.bucketRegion === undefined ? [] : ["access-key", "secret-key"];
    const names = [administrator, owner, readWrite, readOnly, monitoring, ...keys];
    const authSecret = topology.dataHost && pulumi.secret(platformSecret(AUTH_SECRET_KEY));
    return {
      args: { topology, suffix: "k3x9", caCertificate: "the authority", authSecret },
      markers: [...names, ...(authSecret ? [AUTH_SECRET_KEY] : [])].map(platformSecret),
    };
  }
  const markers: string[] = [];
  const secret = (name: string): pulumi.Output<string> => {
    const marker = `marker-of-${name}-5e1f`;
    markers.push(marker);
    return pulumi.secret(marker);
  };
  const passwords = <R extends RoleKey>(roles: readonly R[]): Record<R, pulumi.Output<string>> =>
    Object.fromEntries(roles.map((role) => [role, secret(role)])) as Record<R, pulumi.Output<string>>;
  if (topology.target === "gcp") {
    const secrets = { passwords: passwords(CLOUD_ROLE_KEYS) };
    return { args: { topology, secrets, project: "example", suffix: "k3x9", designatedReplica: undefined }, markers };
  }
  const secrets = readStackSecrets(topology, { plain: (key) => `the ${key}`, secret });
  const authSecret = topology.data && secret(AUTH_SECRET_KEY);
  return { args: { ...secrets, imageId: `sha256:${"0a".repeat(32)}`, authSecret }, markers };
}

/** Fields that hold the name by which the target itself knows a resource. */
const NAME_FIELDS = ["name", "secretId", "accountId", "roleId"];

/** The target's own name of a resource; `undefined` where it has none, as a grant. */
export function ownName({ props }: RecordedResource): string | undefined {
  const field = NAME_FIELDS.find((key) => typeof props[key] === "string");
  return field === undefined ? undefined : String(props[field]);
}
