import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lackingSecrets, makeSecrets } from "../../../../cli/stack/new-secrets.ts";
import { readDataHostSecrets } from "../../../../topology/data-host-secrets.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { databasesOf } from "../../../../topology/resolved-docker.ts";
import { secretKeysOf } from "../../../../topology/secrets.ts";

const NOW = new Date();
const topology = resolveTopology({ target: "docker", replicas: { a: {} } }, "local");
const owner = { prefix: "", topology };
const nothing = new Map<string, string>();

async function complete(): Promise<Map<string, string>> {
  const { plain, secret } = await makeSecrets(lackingSecrets(nothing, owner, NOW), nothing, owner, NOW);
  return new Map([...plain, ...secret]);
}

describe("the secrets of a stack", function () {
  this.timeout(20_000);

  it("are made for every key that the topology needs, the secret ones as secrets", async () => {
    const { plain, secret } = await makeSecrets(lackingSecrets(nothing, owner, NOW), nothing, owner, NOW);
    const expected = [...secretKeysOf(topology)];
    assert.deepEqual([...secret.keys()].sort(), expected.flatMap(([key, isSecret]) => (isSecret ? key : [])).sort());
    assert.deepEqual([...plain.keys()].sort(), expected.flatMap(([key, isSecret]) => (isSecret ? [] : key)).sort());
    assert.equal(new Set(secret.values()).size, secret.size);
  });

  it("are complete then, whatever stands for the values of the secret ones", async () => {
    const secretKeys = new Map([...secretKeysOf(topology)].filter(([, isSecret]) => isSecret));
    const configured = new Map<string, unknown>(
      [...(await complete())].map(([key, value]) => [key, secretKeys.has(key) ? { secure: "v1:…" } : value]),
    );
    assert.deepEqual(lackingSecrets(configured, owner, NOW), { passwords: [], authority: false, certificates: [] });
  });

  it("that are there stay, and a new replica gets its certificate from the same authority", async () => {
    const stored = await complete();
    const larger = { prefix: "", topology: resolveTopology({ target: "docker", replicas: { a: {}, b: {} } }, "local") };
    const lacking = lackingSecrets(stored, larger, NOW);
    assert.deepEqual(lacking, { passwords: [], authority: false, certificates: ["replica-b"] });
    const { plain, secret } = await makeSecrets(lacking, stored, larger, NOW);
    assert.deepEqual([...plain.keys(), ...secret.keys()], ["certificate-replica-b", "certificate-key-replica-b"]);
    assert.deepEqual(lackingSecrets(new Map([...stored, ...plain, ...secret]), larger, NOW).certificates, []);
  });

  it("of the authority are never half: a lost key means new certificates for every part", async () => {
    const stored = await complete();
    stored.delete("ca-key");
    const { plain } = await makeSecrets(lackingSecrets(stored, owner, NOW), stored, owner, NOW);
    assert.deepEqual([...plain.keys()].sort(), [
      "ca-certificate",
      "certificate-pooler",
      "certificate-primary",
      "certificate-replica-a",
    ]);
  });

  it("are a set of their own for a data database, and one secret for the application", async () => {
    const split = resolveTopology({ target: "docker", data: {} }, "local");
    const made = new Map<string, string>();
    for (const { prefix, topology: one } of databasesOf(split)) {
      const own = { prefix, topology: one };
      const { plain, secret } = await makeSecrets(lackingSecrets(made, own, NOW), made, own, NOW);
      for (const [key, value] of [...plain, ...secret]) made.set(key, value);
    }
    assert.deepEqual([...made.keys()].sort(), [...secretKeysOf(split).keys()].sort());
    const alone = resolveTopology({ target: "docker" }, "local");
    const added = [...made.keys()].filter((key) => !secretKeysOf(alone).has(key));
    assert.deepEqual(
      added.filter((key) => !key.startsWith("data-")),
      ["auth-secret"],
    );
    assert.equal(added.length, 1 + secretKeysOf(alone).size);
    assert.equal(new Set(made.values()).size, made.size);
  });

  it("of a data host are its roles', the repository's and an authority's: its own key is the host's to make", async () => {
    const split = resolveTopology({ target: "digitalocean", region: "nyc3", data: {} }, "split");
    const own = { prefix: "data-", topology: split };
    const { plain, secret } = await makeSecrets(lackingSecrets(new Map(), own, NOW), new Map(), own, NOW);
    assert.deepEqual([...plain.keys()], ["data-ca-certificate"]);
    const { passwords, ...others } = readDataHostSecrets((key) => secret.get(key) ?? plain.get(key) ?? "");
    assert.equal(new Set(Object.values(passwords)).size, 7);
    assert.ok(others.repositoryPassphrase.length >= 20 && secret.has("auth-secret"));
    assert.match(others.authority.certificate, /BEGIN CERTIFICATE/);
    assert.equal(secret.size, 7 + 3);
    const there = new Map([...plain, ...secret]);
    assert.deepEqual(lackingSecrets(there, own, NOW), { passwords: [], authority: false, certificates: [] });
  });

  it("of a managed primary alone are the platform's", () => {
    const alone = resolveTopology({ target: "digitalocean", region: "nyc3" }, "split");
    assert.deepEqual(lackingSecrets(new Map(), { prefix: "data-", topology: alone }, NOW), {
      passwords: [],
      authority: false,
      certificates: [],
    });
  });
});
