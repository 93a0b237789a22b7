// A connection in one line. Does not prove that a driver reads it so; tests/integration connects with such lines.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Client, type ConnectionTarget, connectionUrl } from "../../../topology/connection-url.ts";

const TARGET: ConnectionTarget = {
  host: "db.example",
  port: 5432,
  database: "app",
  user: "app",
  password: "p",
  tls: { mode: "verify-full", caFile: "/ca/server.pem" },
};

describe("a connection in one line", () => {
  const forms: [string, Partial<ConnectionTarget>, string][] = [
    [
      "checks name and authority",
      {},
      "postgresql://app:p@db.example:5432/app?sslmode=verify-full&sslrootcert=%2Fca%2Fserver.pem",
    ],
    [
      "checks the authority alone where the certificate has no name",
      { host: "10.0.0.3", tls: { mode: "verify-ca", caFile: "/ca/server.pem" } },
      "postgresql://app:p@10.0.0.3:5432/app?sslmode=verify-ca&sslrootcert=%2Fca%2Fserver.pem",
    ],
    [
      "says that there is no TLS where the way is no network",
      { host: "127.0.0.1", port: 6432, tls: undefined },
      "postgresql://app:p@127.0.0.1:6432/app?sslmode=disable",
    ],
    [
      "has the folder of a unix socket in its query",
      { host: "/cloudsql/p:r:i", tls: undefined },
      "postgresql://app:p@/app?host=%2Fcloudsql%2Fp%3Ar%3Ai&port=5432",
    ],
    [
      "has no password for a user who shows a token",
      { user: "svc@p.iam", password: undefined },
      "postgresql://svc%40p.iam@db.example:5432/app?sslmode=verify-full&sslrootcert=%2Fca%2Fserver.pem",
    ],
    [
      "escapes what would end a part of it",
      { user: "a:b", password: "p@ss/w?rd#%" },
      "postgresql://a%3Ab:p%40ss%2Fw%3Frd%23%25@db.example:5432/app?sslmode=verify-full&sslrootcert=%2Fca%2Fserver.pem",
    ],
    [
      "puts an IPv6 address into brackets",
      { host: "::1" },
      "postgresql://app:p@[::1]:5432/app?sslmode=verify-full&sslrootcert=%2Fca%2Fserver.pem",
    ],
  ];
  for (const [what, change, line] of forms) {
    it(what, () => {
      assert.equal(connectionUrl({ ...TARGET, ...change }), line);
    });
  }

  const WITHOUT_NAME = { ...TARGET, tls: { mode: "verify-ca", caFile: "/ca/server.pem" } } as const;
  const POOLED = { ...TARGET, sharesConnections: true };
  const words: [Client, ConnectionTarget, string][] = [
    ["libpq", POOLED, "sslmode=verify-full&sslrootcert=%2Fca%2Fserver.pem"],
    ["node", POOLED, "sslmode=verify-full&sslrootcert=%2Fca%2Fserver.pem"],
    ["node", WITHOUT_NAME, "uselibpqcompat=true&sslmode=verify-ca&sslrootcert=%2Fca%2Fserver.pem"],
    ["prisma", TARGET, "sslmode=require&sslaccept=strict&sslcert=%2Fca%2Fserver.pem"],
    ["prisma", WITHOUT_NAME, "sslmode=require&sslaccept=strict&sslcert=%2Fca%2Fserver.pem"],
    ["prisma", POOLED, "sslmode=require&sslaccept=strict&sslcert=%2Fca%2Fserver.pem&pgbouncer=true"],
    ["prisma", { ...POOLED, tls: undefined }, "sslmode=disable&pgbouncer=true"],
  ];

  for (const [client, target, expected] of words) {
    it(`is in the words of ${client}: ${expected}`, () => {
      assert.equal(connectionUrl(target, client).split("?")[1], expected);
    });
  }
});
