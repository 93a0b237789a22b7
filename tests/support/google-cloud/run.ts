import { add, found, type Json, part, type Route, route, text, type World } from "./area.ts";
import { Policies } from "./policies.ts";

const SERVICES = "/run/v2/projects/{project}/locations/{location}/services";

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export function run({ project, projectNumber }: World): Route[] {
  const services = new Map<string, Json>();
  const policies = new Policies();
  const done = (name: string, response: Json): Json => ({ name: `${name}/operations/1`, done: true, response });
  return [
    route("POST", SERVICES, ({ body, query }, [, location = ""]) => {
      const id = query.get("serviceId") ?? "";
      const name = `projects/${project}/locations/${location}/services/${id}`;
      const uri = `https://${id}-${projectNumber}.${location}.run.app`;
      return done(name, add(services, id, { ...told(body, 1), name, uid: `uid-${id}`, uri, urls: [uri] }));
    }),
    route("GET", `${SERVICES}/{id}`, (_, [, , id = ""]) => found(services, id)),
    route("PATCH", `${SERVICES}/{id}`, ({ body }, [, , id = ""]) => {
      const service = found(services, id);
      Object.assign(service, told({ ...service, ...body }, Number(service.generation) + 1));
      return done(text(service, "name"), service);
    }),
    route("DELETE", `${SERVICES}/{id}`, (_, [, , id = ""]) => {
      const service = found(services, id);
      services.delete(id);
      return done(text(service, "name"), service);
    }),
    route("GET", `${SERVICES}/{id}:getIamPolicy`, (_, [, , id = ""]) => policies.get(id)),
    route("POST", `${SERVICES}/{id}:setIamPolicy`, (request, [, , id = ""]) => policies.set(id, request)),
  ];
}

/** With what the platform adds, and takes for granted. */
function told(body: Json, generation: number): Json {
  const template = part(body, "template");
  return {
    ...body,
    generation: String(generation),
    observedGeneration: String(generation),
    createTime: "2026-11-21T10:00:00.000000Z",
    updateTime: "2026-11-21T10:00:00.000000Z",
    creator: "nobody@example.com",
    lastModifier: "nobody@example.com",
    launchStage: "GA",
    etag: `"etag-${generation}"`,
    traffic: body.traffic ?? [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
    template: { timeout: "300s", ...template },
    terminalCondition: { type: "Ready", state: "CONDITION_SUCCEEDED" },
    reconciling: false,
  };
}
