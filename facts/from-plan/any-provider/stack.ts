import type { OutputFacts, OwnedResource, PlacedResource, StackFacts } from "../../../requirements/facts/stack.ts";
import { type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { STACK_TYPE } from "../engine-values.ts";
import { GCP_TYPES } from "../gcp/resource-types.ts";
import { mapKnown, type Planned, type PlannedResource, text } from "../planned-resource.ts";
import { hasSecret, isSecretName } from "../secret-variables.ts";

/** The properties that say where a resource of a type is. */
const PLACE_OF: Readonly<Record<string, "region" | "location" | "zone">> = {
  [GCP_TYPES.instance]: "region",
  [GCP_TYPES.bucket]: "location",
  [GCP_TYPES.service]: "location",
  [GCP_TYPES.oldService]: "location",
  [GCP_TYPES.job]: "location",
  [GCP_TYPES.workerPool]: "location",
  [GCP_TYPES.regionalSecret]: "location",
  [GCP_TYPES.keyRing]: "location",
  [GCP_TYPES.subnet]: "region",
  [GCP_TYPES.machine]: "zone",
  [GCP_TYPES.workflow]: "region",
  [GCP_TYPES.timer]: "region",
  "digitalocean:index/databaseCluster:DatabaseCluster": "region",
  "digitalocean:index/databaseReplica:DatabaseReplica": "region",
  "digitalocean:index/droplet:Droplet": "region",
  "digitalocean:index/volume:Volume": "region",
  "digitalocean:index/vpc:Vpc": "region",
  "digitalocean:index/spacesBucket:SpacesBucket": "region",
};

/** What belongs to a project of Google Cloud. */
const OWNED: readonly string[] = [
  GCP_TYPES.instance,
  GCP_TYPES.database,
  GCP_TYPES.user,
  GCP_TYPES.bucket,
  GCP_TYPES.service,
  GCP_TYPES.oldService,
  GCP_TYPES.job,
  GCP_TYPES.secret,
  GCP_TYPES.regionalSecret,
  GCP_TYPES.keyRing,
];

/** Types that {@link stackFacts} come from. */
export const STACK_TYPES: readonly string[] = [STACK_TYPE, ...Object.keys(PLACE_OF), ...OWNED];

/** What holds of every resource, whoever made it. */
export function stackFacts(
  resources: readonly PlannedResource[],
  allowedRegions: readonly string[] | undefined,
): StackFacts {
  return {
    outputs: resources.filter(({ type }) => type === STACK_TYPE).flatMap(outputsOf),
    placed: resources.filter(({ type }) => type in PLACE_OF).map(placed),
    allowedRegions:
      allowedRegions?.map((region) => region.toLowerCase()) ?? new Missing("not-applicable", "no regions were named"),
    owned: resources.filter(({ type }) => OWNED.includes(type)).map(owned),
  };
}

/** Where nothing is said, the provider's region; where that says nothing either, it comes from whoever runs the update. */
function placed({ name, props, provider, type }: PlannedResource): PlacedResource {
  const property = PLACE_OF[type] ?? "region";
  const own = text(props, property);
  const said =
    own ?? (provider === undefined ? undefined : text(provider.props, property === "zone" ? "zone" : "region"));
  return {
    name,
    region: mapKnown(said, (place): Known<string> => {
      const region = property === "zone" ? place?.replace(/-[a-z]$/, "") : place;
      return region?.toLowerCase() ?? UNKNOWN;
    }),
  };
}

/** A value that is not known yet is written down, too. */
function owned({ name, props, provider }: PlannedResource): OwnedResource {
  if (text(props, "project") !== undefined) return { name, explicitProject: true };
  if (provider === undefined) return { name, explicitProject: UNKNOWN };
  return { name, explicitProject: text(provider.props, "project") !== undefined };
}

/** Of one the engine's word counts where it is known; else a text that looks like a secret may be kept as one, or not. */
function outputsOf({ name, props, secretProps }: PlannedResource): OutputFacts[] {
  return Object.entries(props).map(([output, value]) => {
    const risky = isRisky(output, value);
    if (risky === false || secretProps?.has(output) === true) return { name, output, safe: true };
    return { name, output, safe: risky === UNKNOWN || secretProps === undefined ? UNKNOWN : false };
  });
}

/** Deep in a value, too. The names of outputs are written in any way: `dbPassword` as well as `DB_PASSWORD`. */
function isRisky(name: string, value: Planned): Known<boolean> {
  if (value === UNKNOWN) return UNKNOWN;
  if (typeof value === "string") {
    return value !== "" && (hasSecret(value) || isSecretName(name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")));
  }
  if (typeof value !== "object" || value === null) return false;
  const all = Object.entries(value).map(([key, inner]) => isRisky(Array.isArray(value) ? name : key, inner));
  return all.includes(true) ? true : all.includes(UNKNOWN) ? UNKNOWN : false;
}
