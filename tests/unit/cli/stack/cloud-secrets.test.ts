// What is written of the secrets of a stack on Cloud SQL, with a program in the place of the Pulumi CLI. It does not
// prove that the real CLI encrypts.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { configurationOf, readConfiguration } from "../../../../cli/stack/configuration-file.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { ensureSecrets } from "../../../../cli/stack/secrets.ts";
import { readStored } from "../../../../cli/stack/stored-secrets.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { CLOUD_ROLE_KEYS, SECRET_KEYS } from "../../../../topology/secrets.ts";
import { listen } from "../../../support/listening-context.ts";
import { pretendPulumi, type PretendPulumi, secured } from "../../../support/pretend-pulumi.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";

const GCP = { target: "gcp", region: "europe-west1" } as const;
const NAMES = CLOUD_ROLE_KEYS.map(SECRET_KEYS.password).sort();
const LIST = "pgtopology:secret-names";

describe("the secrets of a stack on Cloud SQL", function () {
  this.timeout(20_000);
  let clone: ScratchClone;
  let pulumi: PretendPulumi;
  let begun: number;
  beforeEach(async () => {
    clone = await scratchClone();
    pulumi = await pretendPulumi(join(clone.root, "path"));
    begun = 0;
  });
  afterEach(() => clone.remove());

  const { context } = listen();
  const place = () => placeOf({ ...context, root: clone.root }, { stack: "prod" });
  const engine = () => ({ command: pulumi.command, env: { PATH: "/usr/bin:/bin" } });
  const ensure = (plain: Readonly<Record<string, string>> = { suffix: "k3x9" }) =>
    ensureSecrets(engine(), place(), {
      topology: resolveTopology(GCP, "prod"),
      plain,
      signal: context.signal,
      beforeFirst: () => {
        begun += 1;
        return Promise.resolve();
      },
    });
  const stored = async () => new Map(await readStored(engine(), place(), context.signal));
  const written = async () => configurationOf(await readConfiguration(place().configFile));

  /** Everything that can be read without a key: files, and what programs were started with. */
  async function readable(): Promise<string> {
    const files = (await readdir(clone.root)).filter((name) => name.endsWith(".yaml"));
    const texts = await Promise.all(files.map((name) => readFile(join(clone.root, name), "utf8")));
    return [...texts, ...(await pulumi.calls())].join("\n");
  }

  it("are made for each role that has a password there, and for nothing else", async () => {
    await clone.wish("prod", GCP);
    await ensure();
    assert.equal(begun, 1);
    assert.deepEqual((await written())[LIST], NAMES);
    const values = await stored();
    const made = NAMES.map((name) => values.get(name) ?? "");
    assert.equal(new Set(made).size, NAMES.length);
    // The instance asks for 16.
    for (const value of made) assert.ok(value.length >= 16);
    assert.deepEqual(
      [...values.keys()].filter((name) => /certificate|ca-|repository|replication|pooler/.test(name)),
      [],
    );
  });

  it("are written in one encrypted value, beside what is plain, and stand in the open nowhere", async () => {
    await clone.wish("prod", GCP, { "gcp:project": "example-prod" });
    await ensure();
    const configuration = await written();
    assert.deepEqual(Object.keys(configuration["pgtopology:secrets"] as object), ["secure"]);
    assert.equal(configuration["pgtopology:suffix"], "k3x9");
    assert.equal(configuration["gcp:project"], "example-prod");
    const text = await readable();
    const values = await stored();
    for (const name of NAMES) assert.equal(text.includes(values.get(name) ?? "nothing"), false, name);
    assert.deepEqual(
      (await pulumi.calls())
        .filter((call) => call.includes("config set"))
        .map((call) => call.includes(" --secret --raw ")),
      [true],
    );
  });

  it("that are there stay, and those that are missing are added", async () => {
    const kept = { "password-owner": "an old one", "password-monitoring": "another old one" };
    const list = Object.keys(kept).sort();
    await clone.wish("prod", GCP, { "pgtopology:secrets": secured(JSON.stringify(kept)), [LIST]: list });
    await ensure();
    const values = await stored();
    assert.equal(values.get("password-owner"), "an old one");
    assert.equal(values.get("password-monitoring"), "another old one");
    for (const name of NAMES) assert.ok((values.get(name) ?? "").length > 8, name);
    assert.deepEqual((await written())[LIST], NAMES);
    // They are not the first: nothing that was kept can belong to others.
    assert.equal(begun, 0);
    assert.equal((await readable()).includes("an old one"), false);
  });

  it("of a person's own, by names that nobody here knows, stay too", async () => {
    const kept = { "api-key": "theirs" };
    await clone.wish("prod", GCP, { "pgtopology:secrets": secured(JSON.stringify(kept)), [LIST]: ["api-key"] });
    await ensure();
    assert.equal((await stored()).get("api-key"), "theirs");
    assert.deepEqual((await written())[LIST], ["api-key", ...NAMES]);
  });

  it("are not touched, and nothing is decrypted, where none is missing", async () => {
    await clone.wish("prod", GCP);
    await ensure();
    const before = await readFile(place().configFile, "utf8");
    const calls = (await pulumi.calls()).length;
    await ensure();
    assert.equal(await readFile(place().configFile, "utf8"), before);
    assert.equal((await pulumi.calls()).length, calls);
    await ensure({ suffix: "zz77" });
    assert.equal((await written())["pgtopology:suffix"], "zz77");
    assert.equal((await pulumi.calls()).length, calls);
  });

  it("leave the file as it was when the CLI fails", async () => {
    const path = await clone.wish("prod", GCP, { "gcp:project": "example-prod" });
    const before = await readFile(path, "utf8");
    pulumi = { ...pulumi, command: "/bin/false" };
    await assert.rejects(ensure());
    assert.equal(await readFile(path, "utf8"), before);
  });
});
