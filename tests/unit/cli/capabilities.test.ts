import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createProgram, runProgram } from "../../../cli/program.ts";
import { EXIT, type ExitCode } from "../../../kernel/errors.ts";
import { topologySpec } from "../../../topology/spec.ts";
import { listen } from "../../support/listening-context.ts";

async function capabilities(...options: string[]): Promise<{ code: ExitCode; text: string; talk: string }> {
  const { context, out, err } = listen();
  const code = await runProgram(context, ["capabilities", ...options]);
  return { code, text: out.join("\n"), talk: err.join("\n") };
}

describe("pgt capabilities", () => {
  it("is a table for each target", async () => {
    const { code, text, talk } = await capabilities();
    assert.equal(code, EXIT.ok);
    assert.equal(talk, "");
    assert.match(text, /^docker\nfeature +here\nPostgreSQL 18 +no: the image carries PostgreSQL 17 only\n/);
    assert.match(text, /\n\ngcp\nfeature +here\nPostgreSQL 18 +yes\n/);
    assert.match(text, /\nprivate-address +managed +iam +\[\d+\] read 20\d\d-\d\d-\d\d; .* +yes; port 6432/);
    assert.match(text, /\nsocket +managed +password +\[\d+\] not confirmed: .* no: the pooler is documented/);
    assert.match(text, /\nshared +verify-full +no +\[/);
    assert.match(text, /\n\nSources\n\[1\] https:\/\//);
  });

  it("shows one target alone", async () => {
    const { text } = await capabilities("--target", "docker");
    assert.doesNotMatch(text, /gcp|Sources/);
  });

  it("is the same as JSON", async () => {
    const { code, text } = await capabilities("--json");
    assert.equal(code, EXIT.ok);
    const found = JSON.parse(text) as {
      features: { id: string; on: Record<string, { support: string; reason?: string }> }[];
      fieldsOnEveryTarget: string[];
      poolingAccess: unknown[];
      tlsChecks: unknown[];
    };
    const disk = found.features.find(({ id }) => id === "disk-size");
    assert.deepEqual(disk?.on, {
      docker: {
        support: "unsupported",
        reason: "a Docker volume has no size: it takes what the engine's disk has",
      },
      gcp: { support: "supported" },
      digitalocean: { support: "supported" },
    });
    assert.ok(found.fieldsOnEveryTarget.includes("database"));
    assert.equal(found.poolingAccess.length, 12);
    assert.equal(found.tlsChecks.length, 3);
  });

  it("knows the targets of the spec, and refuses others", async () => {
    const { context } = listen();
    const command = createProgram(context, () => undefined).commands.find((each) => each.name() === "capabilities");
    const option = command?.options.find(({ long }) => long === "--target");
    assert.deepEqual(option?.argChoices, topologySpec.shape.target.options);
    assert.equal((await capabilities("--target", "aws")).code, EXIT.usage);
  });
});
