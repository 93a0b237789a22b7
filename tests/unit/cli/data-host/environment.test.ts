// What an application on DigitalOcean is told. Does not prove that anybody answers there, or that a client reads the lines:
// the local twin's test reads them with real clients.
import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { toldOnDigitalOcean } from "../../../../cli/data-host/digitalocean-environment.ts";
import { digitalOceanEnvironmentText } from "../../../../cli/stack/environment-text.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { digitalOceanWorld } from "../../../support/digitalocean-world.ts";
import { listen } from "../../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";

describe("the environment of an application on DigitalOcean", () => {
  let clone: ScratchClone;
  before(async () => {
    clone = await scratchClone();
  });
  after(() => clone.remove());

  const { context } = listen();
  const place = () => placeOf({ ...context, root: clone.root }, { stack: "split" });
  const variables = async (more: Partial<SpecOf<"digitalocean">> = {}, client?: "libpq") => {
    const form = { format: "json" as const, ...(client && { client }) };
    return JSON.parse(await digitalOceanEnvironmentText(digitalOceanWorld(place(), more), form)) as Record<
      string,
      string
    >;
  };
  const caOf = (name: string) => encodeURIComponent(join(place().stateDir, `${name}-ca.crt`));

  it("has both databases in split mode: the first through its pool in Prisma's words, and directly as the owner in libpq's", async () => {
    const found = await variables();
    const prisma = (name: string) => `sslmode=require&sslaccept=strict&sslcert=${caOf(name)}&pgbouncer=true`;
    const libpq = (name: string) => `sslmode=verify-full&sslrootcert=${caOf(name)}`;
    const [managed, data] = ["private-split.db.example", "10.100.0.3"];
    assert.deepEqual(
      [found.PRIMARY_DATABASE_URL, found.PRIMARY_DIRECT_DATABASE_URL],
      [
        `postgresql://app:managed-readWrite@${managed}:25061/app_pool?${prisma("split")}`,
        `postgresql://app_owner:managed-owner@${managed}:25060/app?${libpq("split")}`,
      ],
    );
    assert.deepEqual(
      [found.DATA_DATABASE_URL, found.DATA_DIRECT_DATABASE_URL],
      [
        `postgresql://data:data-readWrite@${data}:6432/data?${prisma("split_data")}`,
        `postgresql://data_owner:data-owner@${data}:5432/data?${libpq("split_data")}`,
      ],
    );
    assert.deepEqual([found.SPLIT_DB_MODE, found.AUTH_SECRET], ["true", "the application's"]);
    assert.equal(found.POSTGRES_HOST, "private-split.db.example");
  });

  it("has the data database alone in single mode", async () => {
    const [split, single] = [await variables(), await variables({ mode: "single" })];
    assert.equal(single.PRIMARY_DATABASE_URL, split.DATA_DATABASE_URL);
    assert.equal(single.PRIMARY_DIRECT_DATABASE_URL, split.DATA_DIRECT_DATABASE_URL);
    assert.deepEqual([single.SPLIT_DB_MODE, single.DATA_DATABASE_URL], ["false", undefined]);
    assert.equal(single.POSTGRES_HOST, "10.100.0.3");
  });

  it("has one database where there is one", async () => {
    const found = await variables({ data: undefined });
    assert.deepEqual(
      [found.SPLIT_DB_MODE, found.DATA_DATABASE_URL, found.AUTH_SECRET],
      [undefined, undefined, undefined],
    );
  });

  it("keeps each authority in a file of its own, which is no secret", async () => {
    const { files } = await toldOnDigitalOcean(digitalOceanWorld(place()), (path) => path);
    assert.deepEqual(files, { "split-ca.crt": "the cluster's CA", "split_data-ca.crt": "the stack's CA" });
    const file = join(place().stateDir, "split_data-ca.crt");
    assert.equal(await readFile(file, "utf8"), "the stack's CA");
    assert.equal((await stat(file)).mode & 0o777, 0o644);
  });
});
