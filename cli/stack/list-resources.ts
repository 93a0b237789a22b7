import * as pulumi from "@pulumi/pulumi";
import { createTopology, type TopologyArgs } from "../../components/create-topology.ts";
import { PROJECT } from "../../config/keys.ts";
import type { RoleKey } from "../../topology/names.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { CLOUD_ROLE_KEYS, readStackSecrets } from "../../topology/secrets.ts";
import { isManaged } from "./managed-resource.ts";

/** A resource that the program would make. */
export interface ListedResource {
  /** The engine's type, as in `gcp:sql/databaseInstance:DatabaseInstance`. */
  readonly type: string;
  /** The name in the program. */
  readonly name: string;
}

/** What stands for the values that only a stack has. */
export interface StandIns {
  readonly project: string;
  readonly suffix: string;
  readonly designatedReplica: string | undefined;
}

/**
 * Everything that the program would make, in the order of the names: run under the SDK's mocks, without an engine and
 * without a network. The stack's secrets are not opened; stand-ins take their place.
 */
export async function listResources(topology: ResolvedTopology, standIns: StandIns): Promise<ListedResource[]> {
  const resources: ListedResource[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ inputs }) => inputs as object,
      newResource: ({ id, inputs, name, type }) => {
        resources.push({ type, name });
        return { id: id ?? name, state: inputs as object };
      },
    },
    PROJECT,
    topology.stack,
    true,
  );
  await createTopology(programArgs(topology, standIns));
  await pulumi.runtime.disconnect();
  return resources.filter(isManaged).sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

function programArgs(topology: ResolvedTopology, standIns: StandIns): TopologyArgs {
  if (topology.target === "digitalocean") return { topology, suffix: standIns.suffix, caCertificate: "" };
  if (topology.target === "gcp") return { topology, secrets: { passwords: secretsFor(CLOUD_ROLE_KEYS) }, ...standIns };
  const secrets = readStackSecrets(topology, { plain: () => "", secret: standInSecret });
  return { ...secrets, imageId: "sha256:" };
}

function secretsFor<R extends RoleKey>(roles: readonly R[]): Record<R, pulumi.Output<string>> {
  return Object.fromEntries(roles.map((role) => [role, standInSecret(role)])) as Record<R, pulumi.Output<string>>;
}

function standInSecret(name: string): pulumi.Output<string> {
  return pulumi.secret(`(${name})`);
}
