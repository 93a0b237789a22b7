import { add, ApiError, found, type Json, type Route, route, text, type World } from "./area.ts";
import { type Instances, sqlOperation } from "./sql-instances.ts";

const INSTANCE = "/sql/v1beta4/projects/{project}/instances/{name}";

/** Users and databases of an instance, by its name and theirs. */
interface Contents {
  readonly users: Map<string, Json>;
  readonly databases: Map<string, Json>;
}

/** https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/users, and `databases` */
export function sqlUsers(world: World, instances: Instances): Route[] {
  const all = new Map<string, Contents>();
  const contents = (instance: string): Contents => {
    found(instances, instance);
    const known = all.get(instance) ?? firstContents(world, instance);
    all.set(instance, known);
    return known;
  };
  const operation = (type: string, instance: string): Json => sqlOperation(world, type, instance);
  return [
    route("GET", `${INSTANCE}/users`, (_, [, name = ""]) => ({
      kind: "sql#usersList",
      items: [...contents(name).users.values()],
    })),
    route("POST", `${INSTANCE}/users`, ({ body }, [, name = ""]) => {
      const { users } = contents(name);
      // As of a user that is there, the password is taken: "creates a new user", or the default one's first.
      const before = users.get(text(body, "name"));
      if (before !== undefined && text(body, "name") !== "postgres") {
        throw new ApiError(409, `User ${text(body, "name")} already exists.`);
      }
      users.set(text(body, "name"), toldUser(world, name, body));
      return operation("CREATE_USER", name);
    }),
    route("PUT", `${INSTANCE}/users`, ({ body, query }, [, name = ""]) => {
      const { users } = contents(name);
      const user = query.get("name") ?? "";
      users.set(user, { ...found(users, user), ...toldUser(world, name, { ...body, name: user }) });
      return operation("UPDATE_USER", name);
    }),
    route("DELETE", `${INSTANCE}/users`, ({ query }, [, name = ""]) => {
      const { users } = contents(name);
      found(users, query.get("name") ?? "");
      users.delete(query.get("name") ?? "");
      return operation("DELETE_USER", name);
    }),
    route("POST", `${INSTANCE}/databases`, ({ body }, [, name = ""]) => {
      add(contents(name).databases, text(body, "name"), toldDatabase(world, name, body));
      return operation("CREATE_DATABASE", name);
    }),
    route("GET", `${INSTANCE}/databases/{database}`, (_, [, name = "", database = ""]) =>
      found(contents(name).databases, database),
    ),
    route("DELETE", `${INSTANCE}/databases/{database}`, (_, [, name = "", database = ""]) => {
      found(contents(name).databases, database);
      contents(name).databases.delete(database);
      return operation("DELETE_DATABASE", name);
    }),
  ];
}

/** A new instance has one user and one database: https://cloud.google.com/sql/docs/postgres/users */
function firstContents(world: World, instance: string): Contents {
  return {
    users: new Map([["postgres", toldUser(world, instance, { name: "postgres" })]]),
    databases: new Map([["postgres", toldDatabase(world, instance, { name: "postgres" })]]),
  };
}

/** A password is never told. */
function toldUser({ project }: World, instance: string, body: Json): Json {
  const { password: _, ...rest } = body;
  const isBuiltIn = rest.type === undefined || rest.type === "BUILT_IN";
  return {
    kind: "sql#user",
    host: "",
    instance,
    project,
    ...rest,
    ...(isBuiltIn && { type: undefined, passwordPolicy: { status: {} } }),
  };
}

function toldDatabase({ origin, project }: World, instance: string, body: Json): Json {
  return {
    kind: "sql#database",
    charset: "UTF8",
    collation: "en_US.UTF8",
    ...body,
    instance,
    project,
    selfLink: `${origin}/sql/v1beta4/projects/${project}/instances/${instance}/databases/${text(body, "name")}`,
  };
}
