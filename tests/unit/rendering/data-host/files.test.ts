// What is delivered to a data host, to the letter. Does not prove that it runs: tests/integration/data-host runs it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { dataHostFiles, enabledUnits } from "../../../../rendering/data-host/files.ts";
import { renderBootstrap } from "../../../../rendering/data-host/bootstrap.ts";
import { assertExpectedText } from "../../../support/expected-text.ts";
import { EXAMPLE_HOST_SECRETS, EXAMPLE_PLACE, exampleServer } from "./example-host.ts";

const files = dataHostFiles(exampleServer(), EXAMPLE_PLACE, EXAMPLE_HOST_SECRETS);

describe("the files of a data host", () => {
  it("have their text, place, permissions and owner", () => {
    const shown = files.map(
      ({ path, permissions, owner, secret, content }) =>
        `=== ${path} ${permissions} ${owner}${secret ? " secret" : ""}\n${content}`,
    );
    assertExpectedText(new URL("expected/files", import.meta.url), shown.join(""));
  });

  it("hold each secret where it is needed, in a file that nobody else may read", () => {
    const holding = (secret: string) => files.filter(({ content }) => content.includes(secret)).map(({ path }) => path);
    const secrets = {
      "administrator's": ["administrator-password"],
      "pooler's": ["userlist", "pgpass"],
      "repository's": ["pgbackrest.conf", "repository-passphrase"],
      "bucket's secret": ["pgbackrest.conf", "bucket-credentials"],
      "exported\\:\\\\": ["exported-pgpass"],
    };
    for (const [secret, names] of Object.entries(secrets)) {
      const held = holding(secret);
      assert.deepEqual(held.map((path) => path.replace(/.*\//, "")).sort(), names.sort(), secret);
      for (const path of held) {
        const file = files.find((candidate) => candidate.path === path);
        assert.deepEqual([file?.permissions, file?.secret], ["0600", true], path);
      }
      assert(!renderBootstrap({ volume: "split-data" }).includes(secret));
    }
  });

  it("carry no key of the server: the host makes it", () => {
    assert(!files.some(({ path }) => path.endsWith(".key")));
  });

  it("leave out the exports when nothing is exported", () => {
    const place = { ...EXAMPLE_PLACE, exported: undefined };
    const paths = dataHostFiles(exampleServer(), place, EXAMPLE_HOST_SECRETS).map(({ path }) => path);
    assert(!paths.some((path) => path.includes("export")), paths.join());
  });

  it("leave out archive and timers without backups", () => {
    const server = { ...exampleServer(), backup: undefined };
    const place = { bucket: undefined, exported: undefined };
    const paths = dataHostFiles(server, place, EXAMPLE_HOST_SECRETS).map(({ path }) => path);
    assert(!paths.some((path) => /backrest|\.timer$/.test(path)), paths.join());
    assert.deepEqual(enabledUnits(server, place), ["pgtopology-postgres.service", "pgtopology-pooler.service"]);
  });

  it("are not made with a bucket or a key missing", () => {
    const noBucket = { bucket: undefined, exported: undefined };
    assert.throws(() => dataHostFiles(exampleServer(), noBucket, EXAMPLE_HOST_SECRETS), /no bucket/);
    const noKey = { ...EXAMPLE_HOST_SECRETS, bucketKey: undefined };
    assert.throws(() => dataHostFiles(exampleServer(), EXAMPLE_PLACE, noKey), /no key/);
    const noPassword = { ...EXAMPLE_HOST_SECRETS, exportedPassword: undefined };
    assert.throws(() => dataHostFiles(exampleServer(), EXAMPLE_PLACE, noPassword), /no password/);
  });

  it("enable what runs for ever and what waits for its time", () => {
    assert.deepEqual(enabledUnits(exampleServer(), EXAMPLE_PLACE), [
      "pgtopology-postgres.service",
      "pgtopology-pooler.service",
      "pgtopology-backup-full.timer",
      "pgtopology-backup-incremental.timer",
      "pgtopology-check-repository.timer",
      "pgtopology-export.timer",
      "pgtopology-check-exports.timer",
    ]);
  });
});
