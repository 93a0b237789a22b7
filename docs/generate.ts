// Writes the generated files: the JSON schemas for editors, docs/reference/, and .env.example.
// `node docs/generate.ts` writes them, `node docs/generate.ts --check` fails when one is stale.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { environmentExample } from "../cli/stack/environment-example.ts";
import { capabilitiesReference } from "./capabilities-reference.ts";
import { commandReference } from "./command-reference.ts";
import { configurationReference, stackSchema } from "./configuration-reference.ts";
import { providerBugsPage } from "./provider-bugs-page.ts";
import { requirementPages } from "./requirement-reference.ts";

const ROOT = join(import.meta.dirname, "..");

/** Every generated file by its path in the repository. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["schema/pulumi-stack.schema.json", `${JSON.stringify(stackSchema(), null, 2)}\n`],
    ["docs/reference/configuration.md", configurationReference()],
    ["docs/reference/commands.md", commandReference()],
    ...requirementPages(),
    ["docs/reference/capabilities.md", capabilitiesReference()],
    ["docs/provider-bugs.md", providerBugsPage()],
    [".env.example", environmentExample()],
  ]);
}

/** The generated files whose committed text is not what would be written. */
export async function staleFiles(): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of generatedFiles()) {
    if ((await readFile(join(ROOT, path), "utf8").catch(() => "")) !== text) stale.push(path);
  }
  return stale;
}

if (import.meta.main) {
  const stale = await staleFiles();
  if (process.argv.includes("--check")) {
    for (const path of stale) console.error(`${path} is stale: run "npm run docs"`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    const files = generatedFiles();
    for (const path of stale) {
      await mkdir(dirname(join(ROOT, path)), { recursive: true });
      await writeFile(join(ROOT, path), files.get(path) ?? "");
      console.log(`wrote ${path}`);
    }
  }
}
