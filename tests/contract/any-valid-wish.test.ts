// Any wish that validation lets through can be built, under names of its own that the target takes. It does not prove
// that the target takes the rest of it.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { resolveTopology } from "../../topology/resolve.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import { validateTopology } from "../../topology/validate.ts";
import type { RecordedResource } from "../support/planned-resources.ts";
import { shortStackName } from "../support/valid-specs.ts";
import { ownName, planOf, TARGETS } from "./targets.ts";

/** What all of them take that are a part of a host's name, or follow its rules. */
const LABEL = { longest: 63, form: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ };
/** A record is named as the cloud has named its server. */
const OF_THE_CLOUD = { longest: Infinity, form: /^/ };
/** PostgreSQL cuts identifiers off: https://www.postgresql.org/docs/17/sql-syntax-lexical.html */
const IDENTIFIER = { longest: 63, form: /^[a-z][a-z0-9_@.-]*$/ };

/** How long and of which form names are, by type; {@link LABEL} where nothing else is said. */
const NAMES: Readonly<Record<string, { longest: number; form: RegExp }>> = {
  // Of `project:instance` 98 (topology/limits/cloud-sql-instances.ts), of a project's id 30, and the colon.
  "gcp:sql/databaseInstance:DatabaseInstance": { ...LABEL, longest: 98 - 30 - 1 },
  "gcp:sql/database:Database": IDENTIFIER,
  "gcp:sql/user:User": IDENTIFIER,
  "gcp:dns/recordSet:RecordSet": OF_THE_CLOUD,
  // https://cloud.google.com/iam/docs/service-accounts-create
  "gcp:serviceaccount/account:Account": { ...LABEL, longest: 30 },
  // https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create
  "gcp:projects/iAMCustomRole:IAMCustomRole": { longest: 64, form: /^[a-zA-Z0-9_.]{3,}$/ },
  // https://cloud.google.com/run/docs/deploying: known, the page was not read.
  "gcp:cloudrunv2/service:Service": { ...LABEL, longest: 49 },
  // https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create: known, the page was not read.
  "gcp:secretmanager/secret:Secret": { ...LABEL, longest: 255 },
  "gcp:secretmanager/secretIamMember:SecretIamMember": { ...LABEL, longest: 255 },
  "digitalocean:index/databaseDb:DatabaseDb": IDENTIFIER,
  "digitalocean:index/databaseUser:DatabaseUser": IDENTIFIER,
  // The provider's own limits.
  "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool": { longest: 63, form: /^[a-z][a-z0-9_]{2,}$/ },
  "digitalocean:index/volume:Volume": { ...LABEL, longest: 64 },
  // A name in the engine, where the prefix counts, too; in the network they are known by their part.
  "docker:index/container:Container": { longest: 128, form: /^[a-z0-9][a-z0-9_.-]+$/ },
  "docker:index/network:Network": { longest: 128, form: /^[a-z0-9][a-z0-9_.-]+$/ },
  "docker:index/volume:Volume": { longest: 255, form: /^[a-z0-9][a-z0-9_.-]+$/ },
};

/** Names that are given twice, and names that the target does not take. */
function wrongNames(resources: readonly RecordedResource[]): string[] {
  const urns = resources.map(({ urn }) => urn);
  const own = resources.flatMap((resource) => {
    const name = ownName(resource);
    return name === undefined ? [] : [{ type: resource.type, name }];
  });
  const twice = [...urns, ...own.map(({ type, name }) => `${type} ${name}`)].filter(
    (name, index, all) => all.indexOf(name) !== index,
  );
  const bad = own.filter(({ type, name }) => {
    const { form, longest } = NAMES[type] ?? LABEL;
    return name.length > longest || !form.test(name);
  });
  return [...twice, ...bad.map(({ type, name }) => `${type} ${name} (${name.length})`)];
}

function isValid(spec: TopologySpec, stack: string): boolean {
  return validateTopology(spec, resolveTopology(spec, stack)).length === 0;
}

/** Of names of one letter, the longest that validation lets through; a stack has 41 at most (cli/stack/place.ts). */
function longest(most: number, takes: (name: string) => boolean): string {
  for (let length = most; length > 0; length -= 1) {
    if (takes("s".repeat(length))) return "s".repeat(length);
  }
  throw new Error("no name is let through");
}

for (const [target, { anyWish, wishes }] of Object.entries(TARGETS)) {
  describe(`any valid wish for ${target}`, function () {
    this.timeout(60_000);

    it("is built, with names of its own that the target takes", async () => {
      await fc.assert(
        fc.asyncProperty(anyWish, shortStackName, async (spec, stack) => {
          const { resources } = await planOf(spec, { stack });
          assert.ok(resources.length > 3);
          assert.deepEqual(wrongNames(resources), []);
        }),
        { numRuns: 40 },
      );
    });

    for (const [title, spec] of Object.entries(wishes)) {
      const withReplica = (key: string): TopologySpec => ({ ...spec, replicas: { ...spec.replicas, [key]: {} } });

      it(`has names that the target takes for the longest stack, with ${title}`, async () => {
        const stack = longest(41, (name) => isValid(spec, name));
        assert.deepEqual(wrongNames((await planOf(spec, { stack })).resources), []);
      });

      if (!isValid(withReplica("a"), "s")) continue;
      it(`has names that the target takes for the longest replica, with ${title}`, async () => {
        for (const stack of ["s", longest(41, (name) => isValid(withReplica("a"), name))]) {
          const replica = longest(80, (key) => isValid(withReplica(key), stack));
          assert.deepEqual(wrongNames((await planOf(withReplica(replica), { stack })).resources), []);
        }
      });
    }
  });
}
