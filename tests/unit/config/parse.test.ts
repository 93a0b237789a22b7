import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseTopology } from "../../../config/parse.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";

function messageFor(value: unknown): string {
  try {
    parseTopology(value, "local", "Pulumi.local.yaml");
  } catch (error) {
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.usage);
    return error.message;
  }
  throw new Error("it was accepted");
}

describe("parseTopology", () => {
  it("takes the smallest wish", () => {
    assert.equal(parseTopology({ target: "docker" }, "local", "F").name, "pgtopology-local");
  });

  it("says which file has no topology", () => {
    assert.equal(messageFor(undefined), "Pulumi.local.yaml has no pgtopology:topology");
  });

  it("names what an unknown key probably meant, at any depth", () => {
    assert.equal(
      messageFor({ target: "docker", replicas: { a: { prot: 5433 } } }),
      `1 mistake in Pulumi.local.yaml, below pgtopology:topology:
  replicas.a.prot
    got: an unknown key
    want: one of port, purpose, region, size, delaySeconds
    fix: did you mean port?`,
    );
  });

  it("shows a wrong value and what it should be", () => {
    assert.equal(
      messageFor({ target: "docker", backup: { schedule: "25:00" } }),
      `1 mistake in Pulumi.local.yaml, below pgtopology:topology:
  backup.schedule
    got: "25:00"
    want: a time of day as HH:MM, UTC
    fix: correct backup.schedule; docs/reference/configuration.md says what it means`,
    );
  });

  it("lists every mistake of the shape at once", () => {
    const message = messageFor({ target: "dokcer", poling: {}, version: 12, replicas: { "A b": {} } });
    assert.match(message, /^4 mistakes /);
    for (const where of ["target", "poling", "version", 'replicas."A b"'])
      assert.ok(message.includes(`\n  ${where}\n`), where);
    assert.ok(message.includes("did you mean pooling?"));
  });

  it("goes on to what does not fit together when the shape is right", () => {
    assert.match(messageFor({ target: "docker", ports: { primary: 6432 } }), /ports\.pooler\n {4}got: 6432/);
  });

  it("names what the target lacks beside what can't be read, and nothing that hangs on it", () => {
    const message = messageFor({
      target: "gcp",
      version: "17",
      ports: { primary: 5433 },
      storage: { diskGiB: 50, maxDiskGiB: 20 },
    });
    assert.match(message, /^2 mistakes .*\n {2}version\n[^]*\n {2}ports\n/);
  });

  it("names a key that a copy of the map would lose, also among free names", () => {
    const replicas = JSON.parse('{"__proto__": {}}') as unknown;
    assert.match(messageFor({ target: "docker", replicas }), /^1 mistake .*\n {2}replicas\.__proto__\n/);
    assert.match(
      messageFor(JSON.parse('{"target":"docker","__proto__":{}}')),
      /^1 mistake .*\n {2}__proto__\n {4}got: an unknown key\n/,
    );
  });

  it("writes no control character and no endless word to the terminal", () => {
    const message = messageFor({
      target: "docker",
      parameters: { "a\u001b[31m\n": 5, ["x".repeat(10_000)]: 5, application_name: "\u202e" },
    });
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    assert.doesNotMatch(message, /[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
    assert.ok(message.split("\n").every((line) => line.length < 300));
  });

  it("refuses something that is no map", () => {
    assert.match(messageFor("docker"), /\(the value itself\)/);
  });
});
