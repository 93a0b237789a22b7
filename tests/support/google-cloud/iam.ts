import { add, found, type Json, part, type Route, route, text, type World } from "./area.ts";
import { Policies } from "./policies.ts";

const ACCOUNTS = "/iam/v1/projects/{project}/serviceAccounts";
const ROLES = "/iam/v1/projects/{project}/roles";

/** Service accounts, roles of the project, and who has which: https://cloud.google.com/iam/docs/reference/rest */
export function iam({ project, projectNumber }: World): Route[] {
  const accounts = new Map<string, Json>();
  const roles = new Map<string, Json>();
  const policies = new Policies();
  return [
    route("POST", ACCOUNTS, ({ body }) => {
      const id = text(body, "accountId");
      const email = `${id}@${project}.iam.gserviceaccount.com`;
      const uniqueId = String(100_000_000_000_000_000_000n + BigInt(accounts.size));
      return add(accounts, email, {
        ...part(body, "serviceAccount"),
        name: `projects/${project}/serviceAccounts/${email}`,
        projectId: project,
        uniqueId,
        email,
        oauth2ClientId: uniqueId,
        etag: "MDEwMjE5MjA=",
      });
    }),
    route("GET", `${ACCOUNTS}/{email}`, (_, [, email = ""]) => found(accounts, email)),
    route("PATCH", `${ACCOUNTS}/{email}`, ({ body }, [, email = ""]) =>
      Object.assign(found(accounts, email), part(body, "serviceAccount")),
    ),
    route("DELETE", `${ACCOUNTS}/{email}`, (_, [, email = ""]) => {
      found(accounts, email);
      accounts.delete(email);
      return {};
    }),
    route("POST", ROLES, ({ body }) => {
      const id = text(body, "roleId");
      return add(roles, id, { ...part(body, "role"), name: `projects/${project}/roles/${id}`, etag: "BwY=" });
    }),
    route("GET", `${ROLES}/{role}`, (_, [, role = ""]) => found(roles, role)),
    route("PATCH", `${ROLES}/{role}`, ({ body }, [, role = ""]) => Object.assign(found(roles, role), body)),
    // For seven days it can be brought back.
    route("DELETE", `${ROLES}/{role}`, (_, [, role = ""]) => Object.assign(found(roles, role), { deleted: true })),
    route("GET", "/resourcemanager/v1/projects/{project}", () => ({
      projectId: project,
      projectNumber,
      name: project,
      lifecycleState: "ACTIVE",
    })),
    route("POST", "/resourcemanager/v1/projects/{project}:getIamPolicy", () => policies.get(project)),
    route("POST", "/resourcemanager/v1/projects/{project}:setIamPolicy", (request) => policies.set(project, request)),
  ];
}
