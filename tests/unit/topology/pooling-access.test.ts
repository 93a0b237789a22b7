// That the matrix is complete, and that a topology in an unsupported cell is refused. It does not prove that a supported
// cell works in Google's cloud: cells that nobody has read of say so themselves.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { issueText } from "../../../topology/issue.ts";
import { POOLING_ACCESS, poolingAccessIssues, tlsCheckOf } from "../../../topology/pooling-access.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const PATHS = ["private-address", "socket"] as const;
const POOLINGS = ["none", "managed", "sidecar"] as const;
const LOGINS = ["iam", "password"] as const;

/** Every cell as a word; ? marks what is not confirmed. */
const EXPECTED: Readonly<Record<string, string>> = {
  "private-address none iam": "supported",
  "private-address none password": "supported",
  "private-address managed iam": "supported",
  "private-address managed password": "supported",
  "private-address sidecar iam": "unsupported",
  "private-address sidecar password": "supported",
  "socket none iam": "supported",
  "socket none password": "supported",
  "socket managed iam": "unsupported ?",
  "socket managed password": "unsupported ?",
  "socket sidecar iam": "unsupported",
  "socket sidecar password": "supported ?",
};

function wish(
  path: (typeof PATHS)[number],
  kind: (typeof POOLINGS)[number],
  login: (typeof LOGINS)[number],
): SpecOf<"gcp"> {
  return {
    target: "gcp",
    region: "europe-west1",
    edition: "enterprise-plus",
    access: { path, login },
    pooling: kind === "none" ? { enabled: false } : { kind },
  };
}

const issuesOf = (spec: SpecOf<"gcp">): string[] => poolingAccessIssues(resolveTopology(spec, "s")).map(issueText);

describe("pooling × access", () => {
  it("has each cell once, sourced, and marked where nobody confirms it", () => {
    const found = POOLING_ACCESS.map(({ path, pooling, login, support, sources }) => {
      assert.ok(sources.length > 0);
      const mark = sources.every(({ confirmed }) => confirmed) ? "" : " ?";
      return [`${path} ${pooling} ${login}`, `${support.support}${mark}`];
    });
    assert.equal(found.length, 12);
    assert.deepEqual(Object.fromEntries(found), EXPECTED);
  });

  it("says of managed pooling with tokens what is known to fail beside it, and where that is told", () => {
    const noted = POOLING_ACCESS.filter(({ sources }) => sources.some(({ source }) => source.endsWith("/issues/2553")));
    assert.deepEqual(
      noted.map(({ path, pooling, login }) => [path, pooling, login]),
      [["private-address", "managed", "iam"]],
    );
    assert.match(noted[0]?.note ?? "", /; through the Auth Proxy, .* logins were seen to fail after tokens had ended$/);
  });

  it("refuses exactly the topologies that stand in an unsupported cell", () => {
    for (const path of PATHS) {
      for (const pooling of POOLINGS) {
        for (const login of LOGINS) {
          const isRefused = EXPECTED[`${path} ${pooling} ${login}`]?.startsWith("unsupported") === true;
          assert.equal(issuesOf(wish(path, pooling, login)).length, isRefused ? 1 : 0, `${path} ${pooling} ${login}`);
        }
      }
    }
  });

  it("says why, and what to change", () => {
    assert.deepEqual(issuesOf(wish("private-address", "sidecar", "iam")), [
      `access
    got: path private-address, pooling sidecar, login iam
    want: a path, a pooling and a login that go together; ./pgt capabilities lists them
    because: PgBouncer shows the servers one password for each user, from a file; a token is good for an hour
    fix: set access.login to password`,
    ]);
  });

  it("takes the socket with the per-instance authority only, which is its default there", () => {
    const spec = (certificateAuthority?: "shared" | "customer" | "per-instance"): SpecOf<"gcp"> => ({
      target: "gcp",
      region: "europe-west1",
      access: { path: "socket", ...(certificateAuthority && { certificateAuthority }) },
    });
    assert.deepEqual(issuesOf(spec()), []);
    assert.deepEqual(issuesOf(spec("per-instance")), []);
    assert.equal(issuesOf(spec("customer")).length, 1);
    assert.deepEqual(issuesOf(spec("shared")), [
      `access.certificateAuthority
    got: shared
    want: per-instance, with access.path socket
    because: the socket that Cloud Run mounts knows the per-instance authority only
    fix: set access.certificateAuthority to per-instance, or access.path to private-address`,
    ]);
  });

  it("checks a name only where the certificate carries one", () => {
    const modes = (["per-instance", "shared", "customer"] as const).map((authority) => tlsCheckOf(authority).mode);
    assert.deepEqual(modes, ["verify-ca", "verify-full", "verify-full"]);
    assert.equal(resolveTopology({ target: "gcp" }, "s").access.tlsMode, "verify-full");
    assert.equal(resolveTopology({ target: "gcp", access: { path: "socket" } }, "s").access.tlsMode, "verify-ca");
  });
});
