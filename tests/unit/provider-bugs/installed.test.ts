import fc from "fast-check";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { installedIn } from "../../../provider-bugs/installed.ts";

function lock(packages: Readonly<Record<string, unknown>>, lockfileVersion: unknown = 3): string {
  return JSON.stringify({ name: "x", lockfileVersion, packages });
}

describe("installedIn", () => {
  it("reads the repository's own lock file", () => {
    const text = readFileSync(join(import.meta.dirname, "../../../package-lock.json"), "utf8");
    assert.deepEqual(Object.fromEntries(installedIn(text, "package-lock.json")), {
      "@pulumi/digitalocean": ["4.80.1"],
      "@pulumi/docker": ["5.2.0"],
      "@pulumi/gcp": ["9.37.0"],
      "@pulumi/policy": ["1.21.0"],
      "pulumi-cli": ["3.259.0"],
    });
  });

  it("names both versions of what is there twice, the older one first", () => {
    const text = lock({
      "node_modules/@pulumi/gcp": { version: "9.37.0" },
      "node_modules/a/node_modules/@pulumi/gcp": { version: "9.36.0" },
      "node_modules/b/node_modules/@pulumi/gcp": { version: "9.36.0" },
    });
    assert.deepEqual(Object.fromEntries(installedIn(text, "l")), { "@pulumi/gcp": ["9.36.0", "9.37.0"] });
  });

  it("takes the program's own SDK for the CLI's version, and no package's", () => {
    const text = lock({
      "node_modules/@pulumi/pulumi": { version: "3.259.0" },
      "node_modules/@pulumi/policy/node_modules/@pulumi/pulumi": { version: "3.100.0" },
    });
    assert.deepEqual(Object.fromEntries(installedIn(text, "l")), { "pulumi-cli": ["3.259.0"] });
  });

  it("takes no package for another one whose name ends alike", () => {
    const text = lock({
      "node_modules/@else/docker": { version: "1.0.0" },
      "node_modules/pgbouncer": { version: "1.0.0" },
      "node_modules/not@pulumi/gcp": { version: "1.0.0" },
      "node_modules/@pulumi/gcp-native": { version: "1.0.0" },
      "packages/@pulumi/gcp": { version: "1.0.0" },
    });
    assert.equal(installedIn(text, "l").size, 0);
  });

  it("finds nothing in a lock file of nothing, also of npm 7", () => {
    assert.equal(installedIn(lock({}, 2), "l").size, 0);
  });

  const odd: [string, string, RegExp][] = [
    ["empty", " \n", /^l can't be read as a lock file of npm: it is empty$/],
    [
      "truncated",
      lock({ "node_modules/@pulumi/gcp": { version: "9.37.0" } }).slice(0, 60),
      /it is no JSON, or not the/,
    ],
    [
      "of npm 6",
      JSON.stringify({ lockfileVersion: 1, dependencies: {} }),
      /its lockfileVersion is 1, and must be 2 or 3$/,
    ],
    ["of a later npm", lock({}, 4), /its lockfileVersion is 4, /],
    ["without a version of its own", JSON.stringify({ packages: {} }), /its lockfileVersion is nothing, /],
    ["without packages", JSON.stringify({ lockfileVersion: 3 }), /it has no "packages"$/],
    ["with a list of packages", JSON.stringify({ lockfileVersion: 3, packages: [] }), /it has no "packages"$/],
    ["a number", "7", /it is no map$/],
    ["null", "null", /it is no map$/],
    ["with a package without a version", lock({ "node_modules/@pulumi/gcp": {} }), /gcp has nothing as its version$/],
    ["with a package of nothing", lock({ "node_modules/@pulumi/gcp": null }), /gcp has nothing as its version$/],
    ["with an odd version", lock({ "node_modules/@pulumi/gcp": { version: "new" } }), /gcp has "new" as its version$/],
  ];
  for (const [title, text, message] of odd) {
    it(`could not check by one that is ${title}`, () => {
      assert.throws(
        () => installedIn(text, "l"),
        (error) => {
          assert.ok(error instanceof PgtError);
          assert.match(error.message, message);
          assert.equal(error.exitCode, EXIT.couldNotCheck);
          assert.equal(error.fix.length, 1);
          return true;
        },
      );
    });
  }

  it("reads anything, or says in words why not", () => {
    const read = (text: string): void => {
      try {
        installedIn(text, "l");
      } catch (error) {
        assert.ok(error instanceof PgtError && error.exitCode === EXIT.couldNotCheck);
      }
    };
    fc.assert(fc.property(fc.string(), read));
    fc.assert(fc.property(fc.json(), read));
    const entry = fc.oneof(fc.jsonValue(), fc.record({ version: fc.jsonValue() }));
    fc.assert(fc.property(entry, (value) => read(lock({ "node_modules/@pulumi/gcp": value }))));
  });

  it("takes no beginning of a lock file for the whole", () => {
    const text = lock({ "node_modules/@pulumi/gcp": { version: "9.37.0" } });
    for (let length = 0; length < text.length; length += 1) {
      assert.throws(() => installedIn(text.slice(0, length), "l"), PgtError);
    }
  });
});
