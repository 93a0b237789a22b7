// Where psql is sent and how. It does not start psql.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { libpqVariables, passwordLine, withoutLibpq } from "../../../cli/stack/psql-connection.ts";
import { psqlTarget } from "../../../cli/stack/psql-target.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";

const topology = resolveTopology({ target: "docker", replicas: { a: {}, b: {} } }, "local");
const bare = resolveTopology({ target: "docker", pooling: { enabled: false } }, "local");
const choice = { pooled: false, role: "readWrite" } as const;
const isUsage = (message: RegExp) => (error: unknown) =>
  error instanceof PgtError && error.exitCode === EXIT.usage && message.test(`${error.message} ${error.fix.join(" ")}`);

describe("the target of pgt psql", () => {
  it("is the primary unless told", () => {
    assert.deepEqual(psqlTarget(topology, choice), {
      part: "primary",
      published: { host: "127.0.0.1", port: 5432 },
      internalPort: 5432,
      database: "app",
      user: "app",
    });
  });

  it("is the first replica, or the one that is named", () => {
    assert.equal(psqlTarget(topology, { ...choice, replica: true }).part, "replica-a");
    assert.deepEqual(psqlTarget(topology, { ...choice, replica: "b" }).published, { host: "127.0.0.1", port: 5434 });
  });

  it("is the writer's pool of the pooler", () => {
    const { part, published, internalPort, user } = psqlTarget(topology, { pooled: true, role: "owner" });
    assert.deepEqual([part, published.port, internalPort, user], ["pooler", 6432, 6432, "app_owner"]);
  });

  it("refuses what the topology does not have, and says what it has", () => {
    assert.throws(() => psqlTarget(topology, { ...choice, replica: "c" }), isUsage(/replicas are a, b/));
    assert.throws(() => psqlTarget(bare, { ...choice, replica: true }), isUsage(/has no replica/));
    assert.throws(() => psqlTarget(bare, { ...choice, pooled: true }), isUsage(/has no pooler/));
    assert.throws(() => psqlTarget(topology, { ...choice, replica: true, pooled: true }), isUsage(/-d app_readers/));
  });
});

describe("the connection of pgt psql", () => {
  it("escapes what libpq's password file would misread", () => {
    assert.equal(passwordLine("app", "a:b\\c"), "*:*:*:app:a\\:b\\\\c\n");
  });

  it("verifies the server, and keeps the password out of the variables", () => {
    const connection = { host: "h", port: 1, database: "d", user: "u", caFile: "/ca", passwordFile: "/pass" };
    const variables = libpqVariables(connection);
    assert.equal(variables.PGSSLMODE, "verify-full");
    assert.equal(variables.PGPASSFILE, "/pass");
    assert.equal("PGPASSWORD" in variables, false);
    assert.equal("PGHOSTADDR" in variables, false);
  });

  it("checks a server's name although it is reached at another address", () => {
    const connection = { host: "name", address: "127.0.0.1", port: 1, database: "d", user: "u" };
    const variables = libpqVariables({ ...connection, caFile: "/ca", passwordFile: "/pass" });
    assert.deepEqual([variables.PGHOST, variables.PGHOSTADDR], ["name", "127.0.0.1"]);
  });

  it("ignores the caller's own libpq variables, and keeps the rest", () => {
    const env = { PATH: "/bin", PSQL_PAGER: "less", PGSERVICE: "x", PGHOSTADDR: "10.0.0.1", PGPASSWORD: "y" };
    assert.deepEqual(withoutLibpq(env), { PATH: "/bin", PSQL_PAGER: "less" });
  });
});
