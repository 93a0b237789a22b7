import { type ApiRequest, Reply } from "../google-cloud/area.ts";

/** Hosts that only exist through the server: it is their proxy. */
export const SPACES_HOST = "spaces.test";

/** Object storage, as much of it as a bucket's settings need: each is given back as it was written. */
export function spaces(buckets: Set<string>): (request: ApiRequest) => Reply {
  const written = new Map<string, string>();
  return ({ headers, method, query, raw }) => {
    const [setting = ""] = query.keys();
    const key = `${headers.host ?? ""}?${setting}`;
    if (method === "PUT") buckets.add((headers.host ?? "").split(".")[0] ?? "");
    if (method === "PUT") written.set(key, raw.toString("utf8"));
    if (method !== "GET") return new Reply(200);
    if (setting === "location") return xml("<LocationConstraint>nyc3</LocationConstraint>");
    const kept = written.get(key);
    return kept === undefined ? new Reply(404) : xml(kept);
  };
}

function xml(text: string): Reply {
  return new Reply(200, text, { "content-type": "application/xml" });
}
