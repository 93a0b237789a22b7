// What a topology wants of its roles, as data. It does not prove that a server can be made so.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { wantedOnDocker } from "../../../roles/wanted-on-docker.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const access = (spec: Partial<SpecOf<"docker">> = {}) =>
  wantedOnDocker(resolveTopology({ target: "docker", ...spec }, "test"));
const limits = (spec: Partial<SpecOf<"docker">>) =>
  Object.fromEntries(access(spec).roles.map(({ name, connectionLimit }) => [name, connectionLimit]));

describe("wanted access", () => {
  it("manages every role but the administrator, by the database's name", () => {
    const names = access({ database: "shop" }).roles.map(({ name }) => name);
    assert.deepEqual(names, ["shop_owner", "shop", "shop_readonly", "replicator", "monitor", "pooler"]);
  });

  it("lets only the replication role replicate, and into no database", () => {
    const { roles, databases } = access();
    assert.deepEqual(
      roles.filter(({ replication }) => replication).map(({ name }) => name),
      ["replicator"],
    );
    for (const { name, grants } of databases) assert.ok(!Object.hasOwn(grants, "replicator"), name);
  });

  it("looks up only the application's roles through the pooler", () => {
    assert.deepEqual(access().lookup?.pooled, ["app_owner", "app", "app_readonly"]);
  });

  it("wants one slot for each replica", () => {
    assert.deepEqual(access({ replicas: { "far-b": {}, a: {} } }).slots, ["replica_a", "replica_far_b"]);
  });

  it("keeps connections free for those who repair, but never fewer than the pools may open", () => {
    assert.deepEqual(limits({}), { app_owner: 10, app: 77, app_readonly: 77, replicator: -1, monitor: 10, pooler: 35 });
    const few = { parameters: { max_connections: 25 } };
    assert.equal(limits({ ...few, pooling: { enabled: false } }).app, 11);
    assert.equal(limits({ ...few, pooling: { writerPoolSize: 10, readerPoolSize: 5 } }).app, 15);
    assert.equal(limits({ ...few, pooling: { writerPoolSize: 90 } }).app, 22);
  });

  it("lets the pooler's role log in only where there is a pooler", () => {
    const pooler = (spec: Partial<SpecOf<"docker">>) => access(spec).roles.find(({ key }) => key === "pooler")?.login;
    assert.equal(pooler({}), true);
    assert.equal(pooler({ pooling: { enabled: false } }), false);
  });
});
