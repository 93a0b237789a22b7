import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import { CLOUD_LABELS, topologyName } from "../../../topology/names.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { Block } from "./block.ts";
import { GCP_TYPES } from "./resource-types.ts";

/** Those that PostgreSQL runs on; one whose engine is not known yet counts as one. */
export function postgresInstances(resources: readonly PlannedResource[]): readonly PlannedResource[] {
  return resources.filter(({ props, type }) => {
    if (type !== GCP_TYPES.instance) return false;
    const version = Block.of(props).text("databaseVersion", "");
    return version === UNKNOWN || version === "" || version.startsWith("POSTGRES");
  });
}

/** Its part, where a topology of ours made it, as its label says; else the program's name of it. */
export function partOf({ name, props }: PlannedResource): string {
  const stack = labelsOf(props).text(CLOUD_LABELS.stack, "");
  const prefix = stack === UNKNOWN || stack === "" ? "" : `${topologyName(stack)}-`;
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

/** Its labels, by name. */
export function labelsOf(props: PlannedResource["props"]): Block {
  return Block.of(props).block("settings").block("userLabels");
}

/** Parts of instances, by what others call them. */
export interface InstanceNames {
  readonly byCloudName: ReadonlyMap<string, string>;
  readonly byUrn: ReadonlyMap<string, string>;
}

/** The names of all instances of a plan. */
export function instanceNames(instances: readonly PlannedResource[]): InstanceNames {
  const named = instances.flatMap((one): [string, string][] => {
    const name = Block.of(one.props).text("name", "");
    return name === UNKNOWN || name === "" ? [] : [[name, partOf(one)]];
  });
  return { byCloudName: new Map(named), byUrn: new Map(instances.map((one) => [one.urn, partOf(one)])) };
}

/**
 * Part, or else the cloud's name, of the instance that another follows; `undefined` of a primary. Where the cloud's name
 * is not known yet, the engine still knows which resource it comes from.
 */
export function followedBy({ dependencies, props }: PlannedResource, names: InstanceNames): Known<string | undefined> {
  const instance = Block.of(props);
  const master = instance.text("masterInstanceName", undefined);
  if (master === undefined) {
    const kind = instance.text("instanceType", "CLOUD_SQL_INSTANCE");
    return kind === "CLOUD_SQL_INSTANCE" ? undefined : UNKNOWN;
  }
  if (master !== UNKNOWN) return named(master, names);
  const parts = (dependencies?.masterInstanceName ?? []).map(({ urn }) => names.byUrn.get(urn));
  return parts.find((part) => part !== undefined) ?? UNKNOWN;
}

/** Part, or else the cloud's name, of the replica that an instance designates to take over. */
export function designatedBy({ props }: PlannedResource, names: InstanceNames): Known<string | undefined> {
  const name = Block.of(props).block("replicationCluster").text("failoverDrReplicaName", undefined);
  return name === undefined || name === UNKNOWN ? name : named(name, names);
}

/** The cloud's name may stand after a project: `project:name`. */
function named(cloudName: string, { byCloudName }: InstanceNames): string {
  const own = cloudName.replace(/^.*[:/]/, "");
  return byCloudName.get(own) ?? own;
}
