import type { KeptSecret, KeyFacts, SecretsFacts } from "../../../requirements/facts/secrets.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { mapKnown, object, objects, type PlannedResource, text } from "../planned-resource.ts";
import { grantsOf } from "./grants.ts";
import { primariesOf, regionOf } from "./primaries.ts";
import { GCP_TYPES, IAM_TYPES, ofTypes } from "./resource-types.ts";

const DAY_SECONDS = 86_400;

/** Keys of another purpose have no rotation by themselves. https://cloud.google.com/kms/docs/key-rotation#asymmetric */
const NO_ROTATION = new Missing(
  "not-applicable",
  "only a key of the cloud's own making that encrypts and decrypts is rotated by it",
);

/** Secret Manager's secrets and the keys of Cloud KMS. */
export function keptSecrets(
  resources: readonly PlannedResource[],
): Pick<SecretsFacts, "databaseRegions" | "grants" | "keyGrants" | "keys" | "secrets"> {
  const regions = primariesOf(resources).map(regionOf);
  return {
    secrets: ofTypes(resources, [GCP_TYPES.secret, GCP_TYPES.regionalSecret]).map(secretFacts),
    grants: grantsOf(resources, IAM_TYPES.secret),
    keys: ofTypes(resources, [GCP_TYPES.key]).map(keyFacts),
    keyGrants: grantsOf(resources, IAM_TYPES.key),
    databaseRegions: allKnown(regions),
  };
}

function secretFacts(secret: PlannedResource): KeptSecret {
  return {
    name: secret.name,
    rotationDays: mapKnown(object(secret.props, "rotation"), (rotation) => days(text(rotation, "rotationPeriod"))),
    regions: regionsOf(secret),
  };
}

/** `undefined`: the cloud chooses. */
function regionsOf({ props, type }: PlannedResource): Known<readonly string[] | undefined> {
  if (type === GCP_TYPES.regionalSecret) return mapKnown(text(props, "location"), (place) => [place ?? ""]);
  return mapKnown(object(props, "replication"), (replication) => {
    if (replication.userManaged === undefined || replication.userManaged === null) return undefined;
    return mapKnown(object(replication, "userManaged"), (managed) =>
      mapKnown(objects(managed, "replicas"), (replicas) => allKnown(replicas.map((one) => text(one, "location")))),
    );
  });
}

function keyFacts({ name, props }: PlannedResource): KeyFacts {
  const purpose = text(props, "purpose") ?? "ENCRYPT_DECRYPT";
  if (isMadeElsewhere(props)) return { name, rotationDays: NO_ROTATION };
  const rotationDays: Fact<number | undefined> =
    purpose === "ENCRYPT_DECRYPT" ? days(text(props, "rotationPeriod")) : NO_ROTATION;
  return { name, rotationDays: purpose === UNKNOWN ? UNKNOWN : rotationDays };
}

/** Imported, or kept by a manager outside of the cloud, which refuses a period for it. */
function isMadeElsewhere(props: PlannedResource["props"]): boolean {
  const template = object(props, "versionTemplate");
  const level = template === UNKNOWN ? undefined : text(template, "protectionLevel");
  return props.importOnly === true || (typeof level === "string" && level.startsWith("EXTERNAL"));
}

/** Of seconds such as `7776000s`. */
function days(period: Known<string | undefined>): Known<number | undefined> {
  return mapKnown(period, (text) => {
    if (text === undefined) return undefined;
    const seconds = Number.parseFloat(text);
    return Number.isNaN(seconds) ? UNKNOWN : seconds / DAY_SECONDS;
  });
}

function allKnown(values: readonly Known<string | undefined>[]): Known<readonly string[]> {
  const known = values.filter((value) => typeof value === "string");
  return values.includes(UNKNOWN) ? UNKNOWN : known;
}
