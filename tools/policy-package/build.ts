// Writes the policy pack as a package of plain JavaScript: `node tools/policy-package/build.ts <folder>`. In a package Node
// strips no types (docs/adr/0001-no-build-step.md), and without types there is nothing to check when the engine starts it.
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "../..");
const COMPILED_WITHIN_MS = 300_000;
/** What the compiled files import; a test installs these and nothing else. */
const DEPENDENCIES = ["@pulumi/policy", "@pulumi/pulumi", "cli-table3", "commander", "yaml", "zod"];

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node tools/policy-package/build.ts <folder>");
  process.exit(2);
}
await build(resolve(folder));

/** The folder is made anew: nothing of an older package stays. */
async function build(target: string): Promise<void> {
  const { dependencies, engines, license, version } = await readPackage("package.json");
  const pack = await readPackage("policies/package.json");
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await compile(target);
  await writeFile(join(target, "start.cjs"), 'module.exports = import("./policies/index.js");\n');
  await cp(join(ROOT, "policies/PulumiPolicy.yaml"), join(target, "PulumiPolicy.yaml"));
  await cp(join(ROOT, "docs/policies.md"), join(target, "README.md"));
  await cp(join(ROOT, "LICENSE"), join(target, "LICENSE"));
  await chmod(join(target, "policies/bin.js"), 0o755);
  const all = dependencies as Record<string, string>;
  const own = { name: pack.name, version, description: pack.description, license, engines, type: "module" };
  const parts = {
    main: "start.cjs",
    bin: { "pgtopology-policies": "policies/bin.js" },
    dependencies: Object.fromEntries(DEPENDENCIES.map((name) => [name, all[name]])),
  };
  await writeFile(join(target, "package.json"), `${JSON.stringify({ ...own, ...parts }, null, 2)}\n`);
}

async function compile(target: string): Promise<void> {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const args = [compiler, "-p", join(import.meta.dirname, "tsconfig.json"), "--outDir", target];
  await promisify(execFile)(process.execPath, args, { timeout: COMPILED_WITHIN_MS }).catch((error: unknown) => {
    const { stdout = "", message = String(error) } = error as { stdout?: string; message?: string };
    throw new Error(`the compiler refused the pack: ${stdout || message}`);
  });
}

async function readPackage(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(ROOT, path), "utf8")) as Record<string, unknown>;
}
