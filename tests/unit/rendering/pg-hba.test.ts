// The whole text of pg_hba.conf. Does not prove whom a server refuses: tests/integration/image asks one.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { renderPgHba } from "../../../rendering/pg-hba.ts";
import { exampleTopology } from "./example-topology.ts";

describe("pg_hba.conf", () => {
  it("lets in TLS with a password, replication for its role only, and refuses the rest", () => {
    assert.equal(
      renderPgHba(exampleTopology()),
      `# TLS and a password, or nothing.
local    all          postgres          peer
local    all          all               reject
local    replication  all               reject
hostssl  replication  replicator   all  scram-sha-256
host     replication  all          all  reject
host     all          replicator   all  reject
hostssl  all          all          all  scram-sha-256
host     all          all          all  reject
`,
    );
  });
});
