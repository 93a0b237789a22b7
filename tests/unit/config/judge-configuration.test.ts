import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { judgeConfiguration } from "../../../config/judge-configuration.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { secretKeysOf } from "../../../topology/secrets.ts";
import { topologySpec } from "../../../topology/spec.ts";

const GOOD = {
  "gcp:project": "example-staging",
  "pgtopology:topology": { target: "gcp", region: "europe-west1" },
};

function errorFor(configuration: object): PgtError {
  try {
    judgeConfiguration({ ...GOOD, ...configuration }, "staging", "F");
  } catch (error) {
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.usage);
    return error;
  }
  throw new Error("it was accepted");
}

/** Odd values of the keys beside the topology, and what is said of them. */
const CASES: readonly [configuration: object, said: RegExp][] = [
  [{ "gcp:project": undefined }, /gcp:project\n {4}got: nothing/],
  [{ "gcp:project": null }, /gcp:project\n {4}got: null/],
  [{ "gcp:project": "My-Project" }, /got: "My-Project"\n {4}want: a project's id/],
  [{ "gcp:project": 123456789012 }, /because: that is a project's number[^]*gcloud projects describe 123456789012/],
  [{ "gcp:project": { secure: "x" } }, /got: \{"secure":"x"\}/],
  [{ "pgtopology:suffix": 123 }, /pgtopology:suffix\n {4}got: 123\n {4}want: 1 to 4 lower-case/],
  [{ "pgtopology:suffix": "" }, /got: ""/],
  [{ "pgtopology:suffix": null }, /got: null/],
  [{ "pgtopology:suffix": "ABCD" }, /got: "ABCD"/],
  [{ "pgtopology:suffix": "abcde" }, /got: "abcde"/],
  [{ "pgtopology:suffix": "ab\n" }, /got: "ab\\n"/],
  [{ "pgtopology:sufix": "abcd" }, /got: an unknown key[^]*did you mean pgtopology:suffix\?/],
  [{ "pgtopology:disaster-recovery-replica": 5 }, /want: the name of a replica/],
];

describe("judgeConfiguration", () => {
  it("takes a configuration as pgt up leaves it", () => {
    const { topology, permissions } = judgeConfiguration(
      {
        ...GOOD,
        "pgtopology:ca-certificate": "PEM",
        "pgtopology:certificate-replica-a": "PEM",
        "pgtopology:suffix": "abcd",
        "pgtopology:disaster-recovery-replica": "standby",
        "pgtopology:secrets": { secure: "AAAA" },
        "pgtopology:secret-names": ["password-owner"],
        "aws:region": "somebody else's",
      },
      "staging",
      "F",
    );
    assert.equal(topology.target, "gcp");
    assert.deepEqual(permissions, []);
  });

  for (const [configuration, said] of CASES) {
    it(`refuses ${JSON.stringify(configuration)}`, () => {
      const { message } = errorFor(configuration);
      assert.match(message, /^1 mistake in F, below config:\n/);
      assert.match(message, said);
    });
  }

  it("needs no project on Docker", () => {
    const configuration = { "pgtopology:topology": { target: "docker" } };
    assert.equal(judgeConfiguration(configuration, "local", "F").topology.target, "docker");
  });

  it("says every mistake at once, below the key that it stands at", () => {
    const { message } = errorFor({
      "gcp:project": "X",
      "pgtopology:topology": { target: "gcp", version: 12 },
      "pgtopology:permissions": ["change/x"],
    });
    assert.equal(
      message.replaceAll(/^ {4}.*\n?/gm, ""),
      `3 mistakes in F:
below config:
  gcp:project
below pgtopology:topology:
  version
below pgtopology:permissions:
  0
`,
    );
  });

  it("says that there may be more only while values can't be read", () => {
    assert.equal(errorFor({ "pgtopology:topology": { target: "gcp", version: 12 } }).fix.length, 1);
    assert.deepEqual(errorFor({ "pgtopology:topology": { target: "gcp" } }).fix, []);
  });

  it("is taken or refused as a mistake, whatever stands in it", () => {
    const keys = ["gcp:project", "pgtopology:suffix", "pgtopology:permissions", "pgtopology:topology"];
    const field = fc.constantFrom(...Object.keys(topologySpec.shape));
    const topology = fc.tuple(field, fc.anything()).map(([name, value]) => ({
      ...GOOD["pgtopology:topology"],
      [name]: value,
    }));
    const changed = fc.oneof(
      fc.tuple(fc.constantFrom(...keys), fc.anything()),
      fc.tuple(fc.constant(keys[3]), topology),
    );
    fc.assert(
      fc.property(changed, ([key = "", value]) => {
        try {
          judgeConfiguration({ ...GOOD, [key]: value }, "staging", "F");
        } catch (error) {
          assert.ok(error instanceof PgtError && error.exitCode === EXIT.usage, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("takes every key that `pgt up` has written for a stack on Docker with two databases", () => {
    const topology = { target: "docker", environment: "staging", replicas: { a: {} }, data: {} } as const;
    const stack = resolveTopology(topology, "shop");
    const plain = [...secretKeysOf(stack)].filter(([, isSecret]) => !isSecret).map(([key]) => key);
    assert.ok(plain.includes("data-ca-certificate") && plain.includes("data-certificate-primary"));
    const written = [...plain, "secrets", "secret-names", "image"].map((key) => [`pgtopology:${key}`, "x"] as const);
    const configuration = { "pgtopology:topology": topology, ...Object.fromEntries(written) };
    assert.deepEqual(judgeConfiguration(configuration, "shop", "F").topology, stack);
  });

  it("knows a topology by a name that is nearly right", () => {
    const topology = GOOD["pgtopology:topology"];
    for (const name of ["pgtopology:topolgy", "topology"]) {
      const { fix } = errorFor({ "pgtopology:topology": undefined, [name]: topology });
      assert.deepEqual(fix, [`Rename ${name} to pgtopology:topology.`]);
    }
  });
});
