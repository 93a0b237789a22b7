import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { closestName } from "../../../config/closest-name.ts";
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
    want: one of port
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
    for (const where of ["target", "poling", "version", "replicas.A b"])
      assert.ok(message.includes(`\n  ${where}\n`), where);
    assert.ok(message.includes("did you mean pooling?"));
  });

  it("goes on to what does not fit together when the shape is right", () => {
    assert.match(messageFor({ target: "docker", ports: { primary: 6432 } }), /ports\.pooler\n {4}got: 6432/);
  });

  it("refuses something that is no map", () => {
    assert.match(messageFor("docker"), /\(the value itself\)/);
  });
});

describe("closestName", () => {
  it("takes a slip of the finger and leaves the rest", () => {
    assert.equal(closestName("retentiondays", ["schedule", "retentionDays"]), "retentionDays");
    assert.equal(closestName("xyz", ["schedule", "retentionDays"]), undefined);
  });
});
