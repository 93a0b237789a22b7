// The values that a stack on Cloud SQL has beside its topology. It does not prove that there is such a project.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { projectOf, suffixOf } from "../../../../cli/stack/cloud-values.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import { SUFFIX_LENGTH } from "../../../../topology/names.ts";
import { listen } from "../../../support/listening-context.ts";

const place = placeOf(listen().context, { stack: "prod" });

describe("the project of a stack on Cloud SQL", () => {
  for (const id of ["shop-1", "a12345", `p${"x".repeat(29)}`]) {
    it(`may be ${id}`, () => {
      assert.equal(projectOf({ "gcp:project": id }, place), id);
    });
  }

  for (const id of [undefined, "", "shop", "1shop-x", "Shop-eu", "shop-eu-", `p${"x".repeat(30)}`, 123456]) {
    it(`may not be ${id === undefined ? "missing" : JSON.stringify(id)}, and the refusal names the file and what it wants`, () => {
      assert.throws(
        () => projectOf({ "gcp:project": id }, place),
        (error) => {
          assert.ok(error instanceof PgtError);
          assert.equal(error.exitCode, EXIT.usage);
          assert.match(error.message, /^1 mistake in \/clone\/Pulumi\.prod\.yaml, below config:\n {2}gcp:project\n/);
          return error.message.includes("want: a project's id: 6 to 30 lower-case letters");
        },
      );
    });
  }
});

describe("the suffix of a stack's names", () => {
  it("stays as it is written", () => {
    assert.equal(suffixOf({ "pgtopology:suffix": "k3x9" }), "k3x9");
  });

  it("is made of letters where there is none, another each time, so that YAML takes it for text", () => {
    const made = Array.from({ length: 200 }, () => suffixOf({ "pgtopology:suffix": "" }));
    for (const suffix of made) assert.match(suffix, new RegExp(`^[a-z]{${SUFFIX_LENGTH}}$`));
    assert.ok(new Set(made).size > 150);
  });
});
