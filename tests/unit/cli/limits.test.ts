import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { limitsText } from "../../../cli/limits-text.ts";
import { createProgram, runProgram } from "../../../cli/program.ts";
import { EXIT, type ExitCode } from "../../../kernel/errors.ts";
import { LIMIT_TARGETS } from "../../../topology/limits/postgresql-versions.ts";
import { listen } from "../../support/listening-context.ts";

async function limits(...options: string[]): Promise<{ code: ExitCode; text: string; talk: string }> {
  const { context, out, err } = listen();
  const code = await runProgram(context, ["limits", ...options]);
  return { code, text: out.join("\n"), talk: err.join("\n") };
}

describe("pgt limits", () => {
  it("is a table for each topic, each line with its source and the day it was read", async () => {
    const { code, text, talk } = await limits("--target", "docker");
    assert.equal(code, EXIT.ok);
    assert.equal(talk, "");
    const [title, head, first, second] = text.split("\n");
    assert.equal(title, "PostgreSQL versions");
    assert.match(head ?? "", /^major {2}released {4}end of life {2}docker +source$/);
    assert.match(
      first ?? "",
      /^18 +2025-09-25 {2}2030-11-14 +no: the image carries PostgreSQL 17 only +\[1\] read 20\d\d-/,
    );
    assert.match(second ?? "", /^17 +2024-09-26 {2}2029-11-08 +yes +\[1\] read /);
    assert.match(text, /\n\nSources\n\[1\] https:\/\/www\.postgresql\.org\/support\/versioning\/$/);
    assert.equal(text.includes("Cloud SQL"), false);
  });

  it("marks what is not confirmed, and says why", () => {
    const text = limitsText(["gcp"]);
    assert.match(text, /cloudsqladmin\) +4 +\[\d+\] not confirmed: the vendor gives no number/);
    assert.match(text, /^europe-north2 +Stockholm +europe +unknown +3 /m);
  });

  it("numbers each source once, and uses every number", () => {
    const [tables, list] = limitsText(LIMIT_TARGETS).split("\n\nSources\n");
    const sources = (list ?? "").split("\n");
    assert.equal(new Set(sources.map((line) => line.split(" ")[1])).size, sources.length);
    const used = new Set(
      [...(tables ?? "").matchAll(/\[(\d+)\] (?:read|not confirmed)/g)].map(([, number]) => Number(number)),
    );
    assert.deepEqual(
      [...used].sort((a, b) => a - b),
      sources.map((_, index) => index + 1),
    );
  });

  it("is the data itself as JSON, with null for what is not known", async () => {
    const { code, text } = await limits("--json");
    assert.equal(code, EXIT.ok);
    const data = JSON.parse(text) as {
      postgresqlVersions: { major: number; targets: Record<string, { supported: boolean }> }[];
      cloudSql: {
        editions: Record<string, Record<string, unknown>>;
        regions: { region: string; hasEnterprisePlus: boolean | null; provenance: { source: string } }[];
      };
    };
    assert.equal(data.postgresqlVersions.find(({ major }) => major === 17)?.targets.docker?.supported, true);
    assert.deepEqual(data.cloudSql.editions.transactionLogRetentionDays?.ENTERPRISE_PLUS, {
      min: 1,
      max: 35,
      default: 14,
    });
    const stockholm = data.cloudSql.regions.find(({ region }) => region === "europe-north2");
    assert.equal(stockholm?.hasEnterprisePlus, null);
    assert.match(stockholm.provenance.source, /^https:/);
  });

  it("knows the targets of the tables, and takes another for a usage error", async () => {
    const command = createProgram(listen().context, () => undefined).commands.find((one) => one.name() === "limits");
    const option = command?.options.find(({ long }) => long === "--target");
    assert.deepEqual(option?.argChoices, LIMIT_TARGETS);
    const { code, text, talk } = await limits("--target", "aws");
    assert.equal(code, EXIT.usage);
    assert.equal(text, "");
    assert.match(talk, /Allowed choices are docker, gcp/);
  });
});
