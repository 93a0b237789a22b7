import type { Place, PlacesFacts } from "../../../requirements/facts/places.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { keyLocationOf } from "../../../topology/limits/google-cloud.ts";
import { mapKnown, object, objects, type Planned, type PlannedResource, text } from "../planned-resource.ts";
import { bucketWriters, writerOf } from "./buckets.ts";
import { primariesOf, regionOf } from "./primaries.ts";
import { GCP_TYPES, ofTypes, sources } from "./resource-types.ts";
import { SERVICE_TYPES } from "./services.ts";

type Key = Place & { readonly encrypts: Place };

/** Where that is which stands around the databases: what serves, the copies elsewhere, and the keys of all. */
export function placesAround(
  resources: readonly PlannedResource[],
): Pick<PlacesFacts, "primary" | "service" | "secondCopy" | "keys"> {
  const buckets = ofTypes(resources, [GCP_TYPES.bucket]);
  const all = bucketWriters(resources);
  const writers = buckets.map((bucket): { bucket: PlannedResource; writer: Known<PlannedResource | undefined> } => ({
    bucket,
    writer: writerOf(bucket, all),
  }));
  const copies = writers.filter(({ writer }) => writer !== undefined);
  const regions = new Set(primariesOf(resources).map(regionOf));
  return {
    primary: commonRegion(resources),
    service: ofTypes(resources, Object.keys(SERVICE_TYPES)).map((service) =>
      besideSome({ what: service.name, region: locationOf(service) }, regions),
    ),
    secondCopy: copies.some(({ writer }) => writer === UNKNOWN)
      ? UNKNOWN
      : copies.map(({ bucket, writer }) => ({
          what: bucket.name,
          region: locationOf(bucket),
          ...(regions.size > 1 && typeof writer === "object" && { primary: regionOf(writer) }),
        })),
    keys: [
      ...ofTypes(resources, [GCP_TYPES.instance]).flatMap((instance) =>
        keyOf(resources, instance, "encryptionKeyName", instance.props.encryptionKeyName, regionOf(instance)),
      ),
      ...buckets.flatMap((bucket) => {
        const encryption = object(bucket.props, "encryption");
        const key = encryption === UNKNOWN ? UNKNOWN : encryption.defaultKmsKeyName;
        return keyOf(resources, bucket, "encryption", key, mapKnown(locationOf(bucket), keyLocationOf));
      }),
      ...ofTypes(resources, [GCP_TYPES.secret]).flatMap((secret) => keysOfSecret(resources, secret)),
    ],
  };
}

/** Whichever primary it is for: where none is, it is elsewhere. */
function besideSome(place: Place, regions: ReadonlySet<Known<string>>): Place {
  const { region } = place;
  const isElsewhere = regions.size > 1 && typeof region === "string" && !regions.has(region);
  return isElsewhere && !regions.has(UNKNOWN) ? { ...place, primary: [...regions].map(String).join(" or ") } : place;
}

/** Of primaries in several regions, nobody knows which one a thing is for. */
function commonRegion(resources: readonly PlannedResource[]): Fact<string> {
  const regions = primariesOf(resources).map(regionOf);
  const [region] = regions;
  if (region === undefined) return new Missing("not-applicable", "the plan has no primary");
  return regions.every((one) => one === region) ? region : UNKNOWN;
}

/** In lower case, as all but buckets write it. */
function locationOf({ props, provider }: PlannedResource): Known<string> {
  const own = text(props, "location");
  const said = own ?? (provider === undefined ? undefined : text(provider.props, "region"));
  return mapKnown(said, (place) => place?.toLowerCase() ?? UNKNOWN);
}

/** A key of somebody else's is named in full; one of the stack has its location at its key ring. */
function keyOf(
  resources: readonly PlannedResource[],
  data: PlannedResource,
  property: string,
  key: Planned,
  region: Known<string>,
): Key[] {
  const [made] = sources(data, property, GCP_TYPES.key);
  if (key === undefined || key === null || (key === UNKNOWN && made === undefined)) return [];
  const ring = resources.find(({ urn }) => urn === made?.urn);
  return [
    {
      what: data.name,
      region: typeof key === "string" ? placeIn(key) : ring === undefined ? UNKNOWN : ringLocation(resources, ring),
      encrypts: { what: "the data", region },
    },
  ];
}

function ringLocation(resources: readonly PlannedResource[], key: PlannedResource): Known<string> {
  if (typeof key.props.keyRing === "string") return placeIn(key.props.keyRing);
  const [made] = sources(key, "keyRing", GCP_TYPES.keyRing);
  const ring = resources.find(({ urn }) => urn === made?.urn);
  return ring === undefined ? UNKNOWN : locationOf(ring);
}

function keysOfSecret(resources: readonly PlannedResource[], secret: PlannedResource): Key[] {
  const replication = object(secret.props, "replication");
  const managed = replication === UNKNOWN ? UNKNOWN : object(replication, "userManaged");
  const replicas = managed === UNKNOWN ? UNKNOWN : objects(managed, "replicas");
  if (replicas === UNKNOWN) return [];
  return replicas.flatMap((replica) => {
    const encryption = object(replica, "customerManagedEncryption");
    const key = encryption === UNKNOWN ? UNKNOWN : encryption.kmsKeyName;
    const place = mapKnown(text(replica, "location"), (location) => location ?? UNKNOWN);
    return keyOf(resources, secret, "replication", key, place);
  });
}

/** As in `projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k`. */
function placeIn(fullName: string): Known<string> {
  return /\/locations\/([^/]+)(?:\/|$)/.exec(fullName)?.[1] ?? UNKNOWN;
}
