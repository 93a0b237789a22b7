import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lackingSecrets, makeSecrets } from "../../../../cli/stack/new-secrets.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { secretKeysOf } from "../../../../topology/secrets.ts";

const NOW = new Date();
const topology = resolveTopology({ target: "docker", replicas: { a: {} } }, "local");
const nothing = new Map<string, string>();

async function complete(): Promise<Map<string, string>> {
  const { plain, secret } = await makeSecrets(lackingSecrets(nothing, topology, NOW), nothing, topology, NOW);
  return new Map([...plain, ...secret]);
}

describe("the secrets of a stack", function () {
  this.timeout(20_000);

  it("are made for every key that the topology needs, the secret ones as secrets", async () => {
    const { plain, secret } = await makeSecrets(lackingSecrets(nothing, topology, NOW), nothing, topology, NOW);
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
    assert.deepEqual(lackingSecrets(configured, topology, NOW), { passwords: [], authority: false, certificates: [] });
  });

  it("that are there stay, and a new replica gets its certificate from the same authority", async () => {
    const stored = await complete();
    const larger = resolveTopology({ target: "docker", replicas: { a: {}, b: {} } }, "local");
    const lacking = lackingSecrets(stored, larger, NOW);
    assert.deepEqual(lacking, { passwords: [], authority: false, certificates: ["replica-b"] });
    const { plain, secret } = await makeSecrets(lacking, stored, larger, NOW);
    assert.deepEqual([...plain.keys(), ...secret.keys()], ["certificate-replica-b", "certificate-key-replica-b"]);
    assert.deepEqual(lackingSecrets(new Map([...stored, ...plain, ...secret]), larger, NOW).certificates, []);
  });

  it("of the authority are never half: a lost key means new certificates for every part", async () => {
    const stored = await complete();
    stored.delete("ca-key");
    const { plain } = await makeSecrets(lackingSecrets(stored, topology, NOW), stored, topology, NOW);
    assert.deepEqual([...plain.keys()].sort(), [
      "ca-certificate",
      "certificate-pooler",
      "certificate-primary",
      "certificate-replica-a",
    ]);
  });
});
