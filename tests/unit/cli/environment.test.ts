// The application's environment. It does not prove that a database answers at these addresses; e2e does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { dotenvText } from "../../../cli/stack/dotenv-text.ts";
import { environmentOf } from "../../../cli/stack/environment-variables.ts";
import { k8sSecret } from "../../../cli/stack/k8s-secret.ts";
import { PgtError } from "../../../kernel/errors.ts";
import type { Client } from "../../../topology/connection-url.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const basis = (spec: Partial<SpecOf<"docker">>) => ({
  topology: resolveTopology({ target: "docker", ...spec }, "local"),
  passwords: { readWrite: "pass-word_1", owner: "pass-word_2" },
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
      PRIMARY_DATABASE_URL:
        "postgresql://app:pass-word_1@127.0.0.1:6432/app?sslmode=require&sslaccept=strict&sslcert=%2Fsrv%2Fmy%20app%2Fca.crt&pgbouncer=true",
      PRIMARY_DIRECT_DATABASE_URL:
        "postgresql://app_owner:pass-word_2@127.0.0.1:5432/app?sslmode=verify-full&sslrootcert=%2Fsrv%2Fmy%20app%2Fca.crt",
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

  it("gives the owner's password in the line for migrations, and nowhere else", () => {
    const { PRIMARY_DIRECT_DATABASE_URL, ...rest } = environmentOf(basis({ replicas: { a: {} } }));
    assert.match(PRIMARY_DIRECT_DATABASE_URL ?? "", /^postgresql:\/\/app_owner:pass-word_2@/);
    assert.doesNotMatch(JSON.stringify(rest), /app_owner|pass-word_2/);
  });

  it("leads straight to the replica without a pooler", () => {
    const found = environmentOf(basis({ replicas: { a: {} }, pooling: { enabled: false } }));
    assert.match(found.DATABASE_REPLICA_URL ?? "", /@127\.0\.0\.1:5433\/app\?/);
  });
});

describe("the environment of a split", () => {
  const split = (spec: Partial<SpecOf<"docker">> = {}, client?: Client) => {
    const first = basis({ replicas: { a: {} }, data: {}, ...spec });
    const { data } = first.topology;
    return environmentOf({
      ...first,
      data: data && { topology: data, passwords: { readWrite: "of-data", owner: "of-owner" }, caFile: "/srv/data.crt" },
      authSecret: "signs",
      client,
    });
  };
  const urls = (found: Record<string, string>) => Object.entries(found).filter(([name]) => name.endsWith("_URL"));

  it("names both databases, each with its own login and authority, and the rest of the first", () => {
    const found = split();
    assert.equal(found.SPLIT_DB_MODE, "true");
    assert.equal(found.AUTH_SECRET, "signs");
    assert.equal(
      found.DATA_DATABASE_URL,
      "postgresql://data:of-data@127.0.0.1:6442/data?sslmode=require&sslaccept=strict&sslcert=%2Fsrv%2Fdata.crt&pgbouncer=true",
    );
    assert.equal(
      found.DATA_DIRECT_DATABASE_URL,
      "postgresql://data_owner:of-owner@127.0.0.1:5442/data?sslmode=verify-full&sslrootcert=%2Fsrv%2Fdata.crt",
    );
    const { SPLIT_DB_MODE, AUTH_SECRET, DATA_DATABASE_URL, DATA_DIRECT_DATABASE_URL, ...first } = found;
    assert.deepEqual(first, environmentOf(basis({ replicas: { a: {} } })));
  });

  it("names the data database alone in single mode, as the primary", () => {
    const found = split({ mode: "single" });
    assert.equal(found.SPLIT_DB_MODE, "false");
    assert.equal(found.PRIMARY_DATABASE_URL, split().DATA_DATABASE_URL);
    assert.equal(found.PRIMARY_DIRECT_DATABASE_URL, split().DATA_DIRECT_DATABASE_URL);
    assert.equal(found.POSTGRES_PORT, "5442");
    assert.equal(found.PGSSLROOTCERT, "/srv/data.crt");
    assert.equal(found.USE_READ_REPLICA, "false");
    assert.deepEqual(
      Object.keys(found).filter((name) => /^DATA_|REPLICA_(HOST|PORT|URL|DATABASE)/.test(name)),
      [],
    );
    assert.equal(JSON.stringify(found).includes("pass-word_"), false);
  });

  it("has none of the split's variables without a data database", () => {
    const names = Object.keys(environmentOf(basis({})));
    assert.deepEqual(
      names.filter((name) => /^(DATA_|SPLIT_|AUTH_|PRIMARY_)/.test(name)),
      ["PRIMARY_DATABASE_URL", "PRIMARY_DIRECT_DATABASE_URL"],
    );
  });

  it("is in one client's words throughout where one is named", () => {
    for (const [name, url] of urls(split({}, "libpq")))
      assert.match(url, /\?sslmode=verify-full&sslrootcert=[^&]+$/, name);
    for (const [name, url] of urls(split({}, "prisma"))) {
      const pooled = name.includes("DIRECT") ? "" : "&pgbouncer=true";
      assert.match(url, new RegExp(`\\?sslmode=require&sslaccept=strict&sslcert=[^&]+${pooled}$`), name);
    }
    assert.deepEqual(split({}, "node"), split({}, "libpq"));
  });

  it("says nothing of a pooler to Prisma where there is none, or where a session keeps its connection", () => {
    for (const pooling of [{ enabled: false }, { mode: "session" as const }]) {
      assert.doesNotMatch(JSON.stringify(split({ pooling }, "prisma")), /pgbouncer/);
    }
  });
});

describe("the manifest of a Secret", () => {
  it("has the variables and the certificates as text, and is JSON as well as YAML", () => {
    const manifest = k8sSecret("pgtopology-local-environment", { AUTH_SECRET: "signs", "local-ca.crt": "PEM\n" });
    assert.deepEqual(JSON.parse(manifest), {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "pgtopology-local-environment" },
      type: "Opaque",
      stringData: { AUTH_SECRET: "signs", "local-ca.crt": "PEM\n" },
    });
    assert.deepEqual(parse(manifest), JSON.parse(manifest));
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
