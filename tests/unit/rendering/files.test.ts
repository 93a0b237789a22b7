// Which files each container gets, and which of them are secret. Does not prove that a command reads them.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { filesOf } from "../../../rendering/files.ts";
import { exampleTopology, EXAMPLE_SECRETS } from "./example-topology.ts";

const OPEN = "0644";
const SECRET = "0600";
const TLS = [
  ["/etc/pgtopology/tls/ca.crt", OPEN],
  ["/etc/pgtopology/tls/server.crt", OPEN],
  ["/etc/pgtopology/tls/server.key", SECRET],
];

function filesFor(part: string, topology = exampleTopology()) {
  return filesOf<string>(topology, part, EXAMPLE_SECRETS, (secret, write) => write(secret));
}

function listed(part: string): string[][] {
  return filesFor(part).map(({ path, permissions }) => [path, permissions]);
}

function contentOf(part: string, path: string): string | undefined {
  return filesFor(part).find((file) => file.path === path)?.content;
}

describe("the files of a container", () => {
  it("are, on the primary, its configuration, the administrator's password and the repository's", () => {
    assert.deepEqual(listed("primary"), [
      ...TLS,
      ["/etc/pgtopology/postgresql.conf", OPEN],
      ["/etc/pgtopology/pg_hba.conf", OPEN],
      ["/etc/pgtopology/secrets/administrator-password", SECRET],
      ["/etc/pgtopology/pgbackrest.conf", SECRET],
    ]);
    assert.equal(contentOf("primary", "/etc/pgtopology/secrets/administrator-password"), "administrator's\n");
    assert.equal(contentOf("primary", "/etc/pgtopology/tls/server.key"), "primary's key\n");
  });

  it("are, on a replica, its configuration and the replication role's password", () => {
    assert.deepEqual(listed("replica-a"), [
      ...TLS,
      ["/etc/pgtopology/postgresql.conf", OPEN],
      ["/etc/pgtopology/pg_hba.conf", OPEN],
      ["/etc/pgtopology/secrets/pgpass", SECRET],
      ["/etc/pgtopology/pgbackrest.conf", SECRET],
    ]);
    // A colon and a backslash are escaped in libpq's password file.
    assert.equal(contentOf("replica-a", "/etc/pgtopology/secrets/pgpass"), "*:*:*:replicator:replication's\\:\\\\\n");
  });

  it("are, on the pooler, its own credentials and nobody else's", () => {
    assert.deepEqual(listed("pooler"), [
      ...TLS,
      ["/etc/pgtopology/pgbouncer.ini", OPEN],
      ["/etc/pgtopology/secrets/userlist", SECRET],
      ["/etc/pgtopology/secrets/pgpass", SECRET],
    ]);
    assert.equal(contentOf("pooler", "/etc/pgtopology/secrets/userlist"), `"pooler" "pooler's"""\n`);
  });

  it("are, on the scheduler, the repository's passphrase alone", () => {
    assert.deepEqual(listed("scheduler"), [["/etc/pgtopology/pgbackrest.conf", SECRET]]);
  });

  it("hold no repository without backups", () => {
    const paths = filesFor("primary", exampleTopology({ backup: { enabled: false } })).map(({ path }) => path);
    assert(!paths.includes("/etc/pgtopology/pgbackrest.conf"));
  });

  it("hold secrets only where the file says so, and only through fill", () => {
    for (const part of ["primary", "replica-a", "pooler", "scheduler"]) {
      for (const file of filesOf<string>(exampleTopology(), part, EXAMPLE_SECRETS, () => "filled")) {
        assert.equal(file.secret, file.permissions === SECRET, file.path);
        assert.equal(file.content === "filled", file.secret, file.path);
      }
    }
  });

  it("are refused for a part that the topology does not have", () => {
    assert.throws(() => filesFor("replica-b"), /no certificate for replica-b/);
    const without = exampleTopology({ pooling: { enabled: false } });
    assert.throws(() => filesFor("pooler", without), /the topology has no pooler/);
  });
});
