import { add, ApiError, found, type Json, part, type Route, route, text, type World } from "./area.ts";
import { Policies } from "./policies.ts";

const SECRET = "/secretmanager/v1/projects/{project}/secrets/{secret}";

/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets */
export function secretManager({ project, projectNumber }: World): Route[] {
  const secrets = new Map<string, Json>();
  const versions = new Map<string, Json>();
  const payloads = new Map<string, Json>();
  const policies = new Policies();
  const version = (secret: string, number: string): Json => found(versions, `${secret}/${number}`);
  const turn = (secret: string, number: string, state: string): Json =>
    Object.assign(version(secret, number), { state });
  return [
    route("POST", "/secretmanager/v1/projects/{project}/secrets", ({ body, query }) => {
      const id = query.get("secretId") ?? "";
      return add(secrets, id, {
        ...body,
        name: `projects/${projectNumber}/secrets/${id}`,
        createTime: "2026-11-21T10:00:00.000000Z",
        etag: '"1"',
      });
    }),
    route("GET", SECRET, (_, [, secret = ""]) => found(secrets, secret)),
    route("PATCH", SECRET, ({ body }, [, secret = ""]) => Object.assign(found(secrets, secret), body)),
    route("DELETE", SECRET, (_, [, secret = ""]) => {
      found(secrets, secret);
      secrets.delete(secret);
      return {};
    }),
    route("POST", `${SECRET}:addVersion`, ({ body }, [, secret = ""]) => {
      found(secrets, secret);
      const number = String([...versions.keys()].filter((key) => key.startsWith(`${secret}/`)).length + 1);
      payloads.set(`${secret}/${number}`, part(body, "payload"));
      return add(versions, `${secret}/${number}`, {
        name: `projects/${projectNumber}/secrets/${secret}/versions/${number}`,
        createTime: "2026-11-21T10:00:00.000000Z",
        state: "ENABLED",
        etag: '"1"',
      });
    }),
    route("GET", `${SECRET}/versions/{version}`, (_, [, secret = "", number = ""]) => version(secret, number)),
    route("GET", `${SECRET}/versions/{version}:access`, (_, [, secret = "", number = ""]) => {
      const { name, state } = version(secret, number);
      if (state !== "ENABLED") throw new ApiError(400, `${text({ name }, "name")} is not enabled.`);
      return { name, payload: payloads.get(`${secret}/${number}`) };
    }),
    route("POST", `${SECRET}/versions/{version}:enable`, (_, [, secret = "", number = ""]) =>
      turn(secret, number, "ENABLED"),
    ),
    route("POST", `${SECRET}/versions/{version}:disable`, (_, [, secret = "", number = ""]) =>
      turn(secret, number, "DISABLED"),
    ),
    // With a delay of its own, a version is turned off first: "versionDestroyTtl".
    route("POST", `${SECRET}/versions/{version}:destroy`, (_, [, secret = "", number = ""]) =>
      turn(secret, number, found(secrets, secret).versionDestroyTtl === undefined ? "DESTROYED" : "DISABLED"),
    ),
    route("GET", `${SECRET}:getIamPolicy`, (_, [, secret = ""]) => {
      found(secrets, secret);
      return policies.get(`${project}/${secret}`);
    }),
    route("POST", `${SECRET}:setIamPolicy`, (request, [, secret = ""]) => {
      found(secrets, secret);
      return policies.set(`${project}/${secret}`, request);
    }),
  ];
}
