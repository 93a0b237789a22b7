import { GCP_TYPES } from "../../facts/from-plan/gcp/resource-types.ts";
import { runPulumi, type Engine } from "./pulumi-command.ts";
import type { Place } from "./place.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** A resource of an exported state, as far as it is read here. */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Inputs;
}

/** An exported state; what else is in it stays as it is. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
  };
}

/**
 * By what the provider finds a resource that may have been made. What is not here is made again without harm: a grant is
 * the same one, and a secret has one version more.
 */
const IDS: Readonly<Record<string, (inputs: Inputs) => string>> = {
  "gcp:cloudrunv2/service:Service": at("projects/{project}/locations/{location}/services/{name}"),
  "gcp:cloudscheduler/job:Job": at("projects/{project}/locations/{region}/jobs/{name}"),
  "gcp:compute/globalAddress:GlobalAddress": at("projects/{project}/global/addresses/{name}"),
  "gcp:compute/network:Network": at("projects/{project}/global/networks/{name}"),
  "gcp:compute/subnetwork:Subnetwork": at("projects/{project}/regions/{region}/subnetworks/{name}"),
  "gcp:dns/managedZone:ManagedZone": at("projects/{project}/managedZones/{name}"),
  "gcp:dns/recordSet:RecordSet": at("projects/{project}/managedZones/{managedZone}/rrsets/{name}/{type}"),
  "gcp:projects/iAMCustomRole:IAMCustomRole": at("projects/{project}/roles/{roleId}"),
  "gcp:secretmanager/secret:Secret": at("projects/{project}/secrets/{secretId}"),
  "gcp:serviceaccount/account:Account": at(
    "projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com",
  ),
  "gcp:servicenetworking/connection:Connection": ({ network, service }) =>
    `${encodeURIComponent(String(network))}:${encodeURIComponent(String(service))}`,
  "gcp:sql/database:Database": at("projects/{project}/instances/{instance}/databases/{name}"),
  [GCP_TYPES.instance]: at("projects/{project}/instances/{name}"),
  "gcp:sql/user:User": at("{project}/{instance}/{name}"),
  "gcp:storage/bucket:Bucket": at("{name}"),
  "gcp:workflows/workflow:Workflow": at("projects/{project}/locations/{region}/workflows/{name}"),
};

/**
 * Takes over what a run was making when it was killed: the state does not know whether it is there, and to make it once
 * more is refused where it is. The refresh that follows finds out.
 * @returns the names of what was in the making
 */
export async function adoptPendingCreates(
  engine: Engine,
  place: Place,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const exported = JSON.parse(await runPulumi(engine, place, ["stack", "export"], { signal })) as ExportedState;
  const { adopted, state } = withPendingAdopted(exported);
  if (adopted.length > 0) await runPulumi(engine, place, ["stack", "import"], { signal, input: JSON.stringify(state) });
  return adopted;
}

/**
 * The state in which what was in the making is made. The flag of `pulumi refresh` that is for this,
 * `--import-pending-creates`, forgets the resource.
 * @returns with the names of the resources that were in the making
 */
export function withPendingAdopted(exported: ExportedState): {
  readonly state: ExportedState;
  readonly adopted: readonly string[];
} {
  const { pending_operations: operations = [], resources = [] } = exported.deployment;
  const creating = operations.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const made = creating.flatMap((resource) => {
    const id = IDS[resource.type]?.(resource.inputs ?? {});
    return id === undefined ? [] : [{ ...resource, id }];
  });
  const deployment = {
    ...exported.deployment,
    resources: [...resources, ...made],
    pending_operations: operations.filter(({ type }) => type !== "creating"),
  };
  return { state: { ...exported, deployment }, adopted: creating.map(({ urn }) => urn.split("::").at(-1) ?? urn) };
}

/** Fills in the inputs that braces name. */
function at(template: string): (inputs: Inputs) => string {
  return (inputs) => template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(inputs[name]));
}
