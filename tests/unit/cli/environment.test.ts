// The application's environment. It does not prove that a database answers at these addresses; e2e does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, it } from "mocha";
import { dotenvText } from "../../../cli/stack/dotenv-text.ts";
import { environmentOf } from "../../../cli/stack/environment-variables.ts";
import { PgtError } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const basis = (spec: Partial<SpecOf<"docker">>) => ({
  topology: resolveTopology({ target: "docker", ...spec }, "local"),
  password: "pass-word_1",
  caFile: "/srv/my app/ca.crt",
});

describe("the application's environment", () => {
  it("leads through the pooler, with the defaults that were promised", () => {
    assert.deepEqual(environmentOf(basis({ replicas: { a: {} } })), {
      POSTGRES_HOST: "127.0.0.1",
      POSTGRES_PORT: "5432",
      POSTGRES_USER: "app",
      POSTGRES_PASSWORD: "pass-word_1",
      POSTGRES_DATABASE: "app",
      POSTGRES_REPLICA_HOST: "127.0.0.1",
      POSTGRES_REPLICA_PORT: "5433",
      POSTGRES_POOLED_HOST: "127.0.0.1",
      POSTGRES_POOLED_PORT: "6432",
      POSTGRES_POOLED_DATABASE: "app",
      POSTGRES_POOLED_REPLICA_HOST: "127.0.0.1",
      POSTGRES_POOLED_REPLICA_PORT: "6432",
      POSTGRES_POOLED_REPLICA_DATABASE: "app_readers",
      POSTGRES_POOLED_SSLMODE: "verify-full",
      DATABASE_URL:
        "postgresql://app:pass-word_1@127.0.0.1:6432/app?sslmode=verify-full&sslrootcert=%2Fsrv%2Fmy%20app%2Fca.crt",
      DATABASE_REPLICA_URL:
        "postgresql://app:pass-word_1@127.0.0.1:6432/app_readers?sslmode=verify-full&sslrootcert=%2Fsrv%2Fmy%20app%2Fca.crt",
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: "/srv/my app/ca.crt",
      PGCONNECT_TIMEOUT: "10",
      DB_KEEPALIVES_IDLE: "60",
      DB_KEEPALIVES_INTERVAL: "10",
      DB_KEEPALIVES_COUNT: "3",
      DB_POOL_SIZE: "20",
      DB_MAX_OVERFLOW: "30",
      DB_POOL_TIMEOUT: "60",
      DB_POOL_RECYCLE: "3600",
      DB_REPLICA_POOL_SIZE: "15",
      DB_REPLICA_MAX_OVERFLOW: "20",
      DB_REPLICA_POOL_TIMEOUT: "30",
      USE_READ_REPLICA: "true",
      REPLICA_FALLBACK_ENABLED: "true",
    });
  });

  it("has no replica and no pooler where the topology has none", () => {
    const found = environmentOf(basis({ pooling: { enabled: false } }));
    assert.deepEqual(
      Object.keys(found).filter((name) => /REPLICA_(HOST|PORT|URL|DATABASE)|POOLED/.test(name)),
      [],
    );
    assert.match(found.DATABASE_URL ?? "", /@127\.0\.0\.1:5432\/app\?/);
    assert.equal(found.USE_READ_REPLICA, "false");
  });

  it("leads straight to the replica without a pooler", () => {
    const found = environmentOf(basis({ replicas: { a: {} }, pooling: { enabled: false } }));
    assert.match(found.DATABASE_REPLICA_URL ?? "", /@127\.0\.0\.1:5433\/app\?/);
  });
});

describe("dotenv text", () => {
  const awkward = {
    BARE: "a-b_c.d/e:f@g%h+i,j",
    EMPTY: "",
    SPACES: "two  words # not a comment",
    SHELL: '$HOME `id` "x" !! & ; * ~',
    QUOTE: "it's",
  };

  it("is read alike by a POSIX shell and by a dotenv reader", function () {
    this.timeout(20_000);
    const folder = mkdtempSync(join(tmpdir(), "pgt-test-"));
    try {
      writeFileSync(join(folder, "env"), dotenvText(awkward));
      const show = Object.keys(awkward).map((name) => `"$${name}"`);
      const script = `. "$1"; printf '%s\\n' ${show.join(" ")}`;
      const said = execFileSync("/bin/sh", ["-c", script, "sh", join(folder, "env")], { encoding: "utf8" });
      assert.deepEqual(said.split("\n").slice(0, -1), Object.values(awkward));
      assert.deepEqual({ ...parseEnv(dotenvText(awkward)) }, awkward);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("leaves a value bare where nothing can be misread", () => {
    assert.equal(dotenvText({ URL: "host:5432/app" }), "URL=host:5432/app\n");
  });

  for (const value of ["two\nlines", "back\\slash", `it's "quoted"`]) {
    it(`refuses ${JSON.stringify(value)}, which the two read differently`, () => {
      assert.throws(
        () => dotenvText({ X: value }),
        (error) => error instanceof PgtError && !error.message.includes(value),
      );
    });
  }
});
