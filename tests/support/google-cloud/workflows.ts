import { add, found, type Json, type Route, route, text, type World } from "./area.ts";

const WORKFLOWS = "/workflows/v1/projects/{project}/locations/{location}/workflows";
const JOBS = "/cloudscheduler/v1/projects/{project}/locations/{location}/jobs";

/**
 * Workflows, and the jobs that start them: https://cloud.google.com/workflows/docs/reference/rest and
 * https://cloud.google.com/scheduler/docs/reference/rest
 */
export function workflows({ project }: World): Route[] {
  const all = new Map<string, Json>();
  const jobs = new Map<string, Json>();
  const done = (name: string, response: Json): Json => ({ name: `${name}/operations/1`, done: true, response });
  return [
    route("POST", WORKFLOWS, ({ body, query }, [, location = ""]) => {
      const id = query.get("workflowId") ?? "";
      const name = `projects/${project}/locations/${location}/workflows/${id}`;
      const { serviceAccount } = body;
      const made = {
        ...body,
        name,
        serviceAccount: `projects/${project}/serviceAccounts/${text({ serviceAccount }, "serviceAccount").split("/").at(-1) ?? ""}`,
        state: "ACTIVE",
        revisionId: "000001-001",
        createTime: "2026-11-21T10:00:00.000000Z",
        updateTime: "2026-11-21T10:00:00.000000Z",
      };
      return done(name, add(all, id, made));
    }),
    route("GET", `${WORKFLOWS}/{id}`, (_, [, , id = ""]) => found(all, id)),
    route("PATCH", `${WORKFLOWS}/{id}`, ({ body }, [, , id = ""]) => {
      const workflow = Object.assign(found(all, id), body);
      return done(text(workflow, "name"), workflow);
    }),
    route("DELETE", `${WORKFLOWS}/{id}`, (_, [, , id = ""]) => {
      const workflow = found(all, id);
      all.delete(id);
      return done(text(workflow, "name"), {});
    }),
    route("POST", JOBS, ({ body }) => {
      const id = text(body, "name").split("/").at(-1) ?? "";
      return add(jobs, id, { state: "ENABLED", userUpdateTime: "2026-11-21T10:00:00.000000Z", ...body });
    }),
    route("GET", `${JOBS}/{id}`, (_, [, , id = ""]) => found(jobs, id)),
    route("PATCH", `${JOBS}/{id}`, ({ body }, [, , id = ""]) => Object.assign(found(jobs, id), body)),
    route("POST", `${JOBS}/{id}:pause`, (_, [, , id = ""]) => Object.assign(found(jobs, id), { state: "PAUSED" })),
    route("POST", `${JOBS}/{id}:resume`, (_, [, , id = ""]) => Object.assign(found(jobs, id), { state: "ENABLED" })),
    route("DELETE", `${JOBS}/{id}`, (_, [, , id = ""]) => {
      found(jobs, id);
      jobs.delete(id);
      return {};
    }),
  ];
}
