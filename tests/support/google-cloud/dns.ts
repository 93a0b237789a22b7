import { add, ApiError, found, type Json, type Route, route, text, type World } from "./area.ts";

const ZONES = "/dns/{version}/projects/{project}/managedZones";

/** Zones and their records: https://cloud.google.com/dns/docs/reference/rest/v1 */
export function dns(_: World): Route[] {
  const zones = new Map<string, Json>();
  const records = new Map<string, Json[]>();
  let changes = 0;
  return [
    route("POST", ZONES, ({ body }) => {
      const name = text(body, "name");
      const origin = text(body, "dnsName");
      records.set(name, [
        {
          kind: "dns#resourceRecordSet",
          name: origin,
          type: "NS",
          ttl: 21600,
          rrdatas: ["ns-gcp-private.googledomains.com."],
        },
        {
          kind: "dns#resourceRecordSet",
          name: origin,
          type: "SOA",
          ttl: 21600,
          rrdatas: ["ns-gcp-private.googledomains.com. cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300"],
        },
      ]);
      return add(zones, name, {
        kind: "dns#managedZone",
        id: String(7_000_000 + zones.size),
        nameServers: ["ns-gcp-private.googledomains.com."],
        creationTime: "2026-11-21T10:00:00.000Z",
        cloudLoggingConfig: { kind: "dns#managedZoneCloudLoggingConfig" },
        ...body,
      });
    }),
    route("GET", `${ZONES}/{zone}`, (__, [, , zone = ""]) => found(zones, zone)),
    // Answered at once, in the form of an operation.
    route("PUT", `${ZONES}/{zone}`, ({ body }, [, , zone = ""]) => {
      Object.assign(found(zones, zone), body);
      return { kind: "dns#operation", id: `update-${zone}`, status: "done", type: "update" };
    }),
    route("DELETE", `${ZONES}/{zone}`, (__, [, , zone = ""]) => {
      found(zones, zone);
      const left = (records.get(zone) ?? []).filter(({ type }) => type !== "NS" && type !== "SOA");
      if (left.length > 0)
        throw new ApiError(400, `The resource named '${zone}' cannot be deleted because it has record sets`);
      zones.delete(zone);
      return {};
    }),
    route("GET", `${ZONES}/{zone}/rrsets`, ({ query }, [, , zone = ""]) => {
      found(zones, zone);
      const [name, type] = [query.get("name"), query.get("type")];
      const listed = (records.get(zone) ?? []).filter(
        (record) => (name === null || record.name === name) && (type === null || record.type === type),
      );
      return { kind: "dns#resourceRecordSetsListResponse", rrsets: listed };
    }),
    route("POST", `${ZONES}/{zone}/changes`, ({ body }, [, , zone = ""]) => {
      found(zones, zone);
      const is = (record: Json) => (other: Json) => other.name === record.name && other.type === record.type;
      let kept = records.get(zone) ?? [];
      for (const gone of (body.deletions ?? []) as Json[]) {
        if (!kept.some(is(gone))) throw new ApiError(404, `${text(gone, "name")} does not exist.`);
        kept = kept.filter((record) => !is(gone)(record));
      }
      for (const made of (body.additions ?? []) as Json[]) {
        if (kept.some(is(made))) throw new ApiError(409, `The resource '${text(made, "name")}' already exists`);
        kept = [...kept, { kind: "dns#resourceRecordSet", ...made }];
      }
      records.set(zone, kept);
      changes += 1;
      return {
        kind: "dns#change",
        id: String(changes),
        status: "done",
        startTime: "2026-11-21T10:00:00.000Z",
        ...body,
      };
    }),
    route("GET", `${ZONES}/{zone}/changes/{id}`, (__, [, , , id = ""]) => ({ kind: "dns#change", id, status: "done" })),
  ];
}
