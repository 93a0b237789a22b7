import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { worst } from "../../../../topology/change-label.ts";
import { labelOfContext, labelOfParameter } from "../../../../topology/parameters/change-effect.ts";
import { memoryParameters } from "../../../../topology/parameters/memory-parameters.ts";
import { orderOfChange, STANDBY_PARAMETERS } from "../../../../topology/parameters/standby-order.ts";
import { settingOf } from "../../../../topology/parameters/server-settings.ts";

describe("the label of a change", () => {
  it("is the worst of several, and none of nothing", () => {
    assert.equal(worst([]), "none");
    assert.equal(worst(["reload", "none"]), "reload");
    assert.equal(worst(["replace", "failover", "rebuild"]), "replace");
    assert.equal(worst(["data loss", "replace"]), "data loss");
    assert.equal(worst(["restart", "failover", "restart"]), "failover");
  });

  it("follows from the parameter's context", () => {
    assert.equal(labelOfContext("postmaster"), "restart");
    for (const context of ["sighup", "superuser-backend", "backend", "superuser", "user"] as const) {
      assert.equal(labelOfContext(context), "reload");
    }
    assert.equal(labelOfContext("internal"), "rebuild");
  });

  it("is that of the major, and unknown for a parameter that it lacks", () => {
    assert.equal(labelOfParameter(17, "shared_buffers"), "restart");
    assert.equal(labelOfParameter(17, "work_mem"), "reload");
    assert.equal(labelOfParameter(17, "autovacuum_max_workers"), "restart");
    assert.equal(labelOfParameter(18, "autovacuum_max_workers"), "reload");
    assert.equal(labelOfParameter(17, "pg_trgm.similarity_threshold"), undefined);
  });
});

describe("orderOfChange", () => {
  it("raises on the replicas first", () => {
    assert.deepEqual(orderOfChange("max_connections", "100", "200"), {
      first: "replicas",
      text: "raise max_connections from 100 to 200 on every replica first, then on the primary: a replica that is below its primary stops replaying",
    });
  });

  it("lowers on the primary first", () => {
    assert.deepEqual(orderOfChange("max_wal_senders", "20", "10"), {
      first: "primary",
      text: "lower max_wal_senders from 20 to 10 on the primary first, then on every replica that has replayed the change: a replica that is below its primary does not start",
    });
  });

  it("has nothing to say of other parameters, of no change, and of what is no number", () => {
    assert.equal(orderOfChange("work_mem", "4MB", "8MB"), undefined);
    assert.equal(orderOfChange("max_connections", "100", "100"), undefined);
    assert.equal(orderOfChange("max_connections", "many", "100"), undefined);
  });

  it("is about parameters that only a restart changes, in every major", () => {
    for (const name of STANDBY_PARAMETERS) assert.equal(settingOf(15, name)?.context, "postmaster", name);
  });
});

describe("memoryParameters", () => {
  it("gives a quarter to the server's own cache, and tells the planner of three", () => {
    assert.deepEqual(memoryParameters(1024), { shared_buffers: "256MB", effective_cache_size: "768MB" });
    assert.deepEqual(memoryParameters(1001), { shared_buffers: "250MB", effective_cache_size: "750MB" });
  });
});
