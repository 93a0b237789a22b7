// Does not prove that the roles suffice: only a real project shows that.
import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";

const ROOT = join(import.meta.dirname, "../../..");

async function modulesOfTheProvider(): Promise<string[]> {
  const modules = new Set<string>();
  for await (const file of glob("components/gcp/*.ts", { cwd: ROOT })) {
    const text = await readFile(join(ROOT, file), "utf8");
    for (const [, module] of text.matchAll(/"@pulumi\/gcp\/(\w+)\//g)) modules.add(module ?? "");
  }
  return [...modules].sort();
}

describe("docs/cloud-sql.md", () => {
  it("names an API and a role for everything that a stack is made of", async () => {
    const text = await readFile(join(ROOT, "docs/cloud-sql.md"), "utf8");
    const rows = text.split("\n").filter((line) => line.startsWith("| `") && line.includes(".googleapis.com"));
    const modules = await modulesOfTheProvider();
    assert.ok(modules.includes("sql"));
    for (const module of modules) {
      const row = rows.find((line) => line.includes(`\`gcp:${module}\``));
      assert.match(row ?? "", /`roles\//, `no row with an API and a role for gcp:${module}`);
    }
    for (const [, api = ""] of rows.join("\n").matchAll(/`(\w+)\.googleapis\.com`/g)) {
      if (["cloudkms", "logging"].includes(api)) continue;
      assert.ok(text.includes(` ${api}.googleapis.com`), `${api} is not among the APIs to enable`);
    }
  });
});
