// The whole text of pgbackrest.conf. Does not prove that a backup can be made: tests/integration/image makes one.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { renderPgbackrestConf } from "../../../rendering/pgbackrest-conf.ts";
import { exampleTopology } from "./example-topology.ts";

describe("pgbackrest.conf", () => {
  it("has an encrypted repository on a volume, kept for the wished number of days", () => {
    const { backup } = exampleTopology({ backup: { retentionDays: 14 } });
    assert(backup);
    assert.equal(
      renderPgbackrestConf(backup, "repository's"),
      `[global]
repo1-path=/var/lib/pgbackrest
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=repository's
repo1-retention-full-type=time
repo1-retention-full=14
repo1-bundle=y
compress-type=zst
checksum-page=y
start-fast=y
process-max=2
archive-timeout=120
spool-path=/var/lib/postgresql/data/spool
lock-path=/tmp/pgbackrest
neutral-umask=n
log-level-file=off
log-level-console=off
log-level-stderr=warn

[global:archive-push]
archive-async=y

[main]
pg1-path=/var/lib/postgresql/data/pgdata
pg1-port=5432
pg1-socket-path=/run/postgresql
`,
    );
  });
});
