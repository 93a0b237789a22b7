import { add, ApiError, found, type Json, type Route, route, text, type World } from "./area.ts";
import { Policies } from "./policies.ts";
import { storageObjects, type StoredObjects } from "./storage-objects.ts";

const BUCKET = "/storage/v1/b/{bucket}";

/** Buckets and what is in them: https://cloud.google.com/storage/docs/json_api/v1/buckets */
export function storage(world: World, objects: StoredObjects): Route[] {
  const buckets = new Map<string, Json>();
  const policies = new Policies();
  return [
    route("POST", "/storage/v1/b", ({ body }) => add(buckets, text(body, "name"), told(world, body))),
    route("GET", BUCKET, (_, [bucket = ""]) => found(buckets, bucket)),
    route("PATCH", BUCKET, ({ body }, [bucket = ""]) => {
      const before = found(buckets, bucket);
      return Object.assign(before, body, { metageneration: String(Number(before.metageneration) + 1) });
    }),
    route("DELETE", BUCKET, (_, [bucket = ""]) => {
      found(buckets, bucket);
      if ([...objects.keys()].some((key) => key.startsWith(`${bucket}/`))) {
        throw new ApiError(409, "The bucket you tried to delete is not empty.", "conflict");
      }
      buckets.delete(bucket);
      return {};
    }),
    route("GET", `${BUCKET}/iam`, (_, [bucket = ""]) => policies.get(bucket)),
    route("PUT", `${BUCKET}/iam`, (request, [bucket = ""]) => policies.set(bucket, request, request.body)),
    ...storageObjects(objects),
  ];
}

function told({ origin, projectNumber }: World, body: Json): Json {
  const name = text(body, "name");
  const created = "2026-11-21T10:00:00.000Z";
  const { retentionPolicy, softDeletePolicy } = body as { retentionPolicy?: Json; softDeletePolicy?: Json };
  return {
    kind: "storage#bucket",
    storageClass: "STANDARD",
    rpo: undefined,
    ...body,
    ...(retentionPolicy !== undefined && { retentionPolicy: { effectiveTime: created, ...retentionPolicy } }),
    softDeletePolicy: { retentionDurationSeconds: "604800", effectiveTime: created, ...softDeletePolicy },
    location: text(body, "location").toUpperCase(),
    locationType: "region",
    id: name,
    selfLink: `${origin}/storage/v1/b/${name}`,
    projectNumber,
    timeCreated: created,
    updated: created,
    generation: "1",
    metageneration: "1",
    etag: "CAE=",
  };
}
