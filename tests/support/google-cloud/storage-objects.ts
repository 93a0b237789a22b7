import { createHash } from "node:crypto";
import { ApiError, type ApiRequest, type Json, Reply, type Route, route, text } from "./area.ts";

/** What buckets hold, as `bucket/name`. */
export type StoredObjects = Map<string, { readonly content: Buffer; readonly generation: number }>;

const OBJECTS = "/storage/v1/b/{bucket}/o";

/**
 * Objects, as far as an engine's state needs them; a bucket is there when it is written to.
 * @see https://cloud.google.com/storage/docs/json_api/v1/objects
 */
export function storageObjects(objects: StoredObjects): Route[] {
  let generation = 0;
  const read = (bucket: string, name: string) => {
    const object = objects.get(`${bucket}/${name}`);
    if (object === undefined) throw new ApiError(404, `No such object: ${bucket}/${name}`);
    return object;
  };
  const write = (bucket: string, name: string, content: Buffer): Json => {
    generation += 1;
    objects.set(`${bucket}/${name}`, { content, generation });
    return told(objects, bucket, name);
  };
  return [
    route("GET", OBJECTS, ({ query }, [bucket = ""]) => list(objects, bucket, query)),
    route("GET", `${OBJECTS}/{name*}`, ({ query }, [bucket = "", name = ""]) => {
      const { content } = read(bucket, name);
      return query.get("alt") === "media" ? new Reply(200, content) : told(objects, bucket, name);
    }),
    route("DELETE", `${OBJECTS}/{name*}`, (_, [bucket = "", name = ""]) => {
      read(bucket, name);
      objects.delete(`${bucket}/${name}`);
      return new Reply(204);
    }),
    route(
      "POST",
      `${OBJECTS}/{name*}/rewriteTo/b/{target}/o/{copy*}`,
      (_, [bucket = "", name = "", target = "", copy = ""]) => {
        const { content } = read(bucket, name);
        return {
          kind: "storage#rewriteResponse",
          done: true,
          objectSize: String(content.length),
          resource: write(target, copy, content),
        };
      },
    ),
    route("POST", "/upload/storage/v1/b/{bucket}/o", (request, [bucket = ""]) => {
      const { content, name } = uploaded(request);
      return write(bucket, name, content);
    }),
    // The short way of a client that reads: as the XML API does.
    route("GET", "/{bucket}/{name*}", (_, [bucket = "", name = ""]) => {
      const { content, generation: own } = read(bucket, name);
      return new Reply(200, content, {
        "x-goog-generation": String(own),
        "x-goog-metageneration": "1",
        etag: `"${own}"`,
      });
    }),
  ];
}

function list(objects: StoredObjects, bucket: string, query: URLSearchParams): Json {
  const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
  const names = [...objects.keys()]
    .filter((key) => key.startsWith(`${bucket}/${prefix}`))
    .map((key) => key.slice(bucket.length + 1))
    .sort();
  const folderOf = (name: string): string | undefined => {
    const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    return end === -1 ? undefined : name.slice(0, end + delimiter.length);
  };
  return {
    kind: "storage#objects",
    items: names.filter((name) => folderOf(name) === undefined).map((name) => told(objects, bucket, name)),
    prefixes: [...new Set(names.flatMap((name) => folderOf(name) ?? []))],
  };
}

function told(objects: StoredObjects, bucket: string, name: string): Json {
  const object = objects.get(`${bucket}/${name}`);
  const content = object?.content ?? Buffer.alloc(0);
  return {
    kind: "storage#object",
    bucket,
    name,
    size: String(content.length),
    md5Hash: createHash("md5").update(content).digest("base64"),
    generation: String(object?.generation ?? 0),
    metageneration: "1",
    updated: "2026-11-21T10:00:00.000Z",
    timeCreated: "2026-11-21T10:00:00.000Z",
    etag: "CAE=",
  };
}

/** Description and content in one body: https://cloud.google.com/storage/docs/uploads-downloads#multipart */
function uploaded({ headers, raw }: ApiRequest): { name: string; content: Buffer } {
  const boundary = /boundary="?([^";]+)"?/.exec(headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) throw new ApiError(400, "An upload comes as multipart/related.");
  const [, description = "", content = ""] = raw.toString("latin1").split(`--${boundary}`).map(bodyOf);
  const json = JSON.parse(Buffer.from(description, "latin1").toString("utf8")) as Json;
  return { name: text(json, "name"), content: Buffer.from(content, "latin1") };
}

/** Without its headers, and without the line end before the next boundary. */
function bodyOf(piece: string): string {
  const start = piece.indexOf("\r\n\r\n");
  return start === -1 ? "" : piece.slice(start + 4).replace(/\r\n$/, "");
}
