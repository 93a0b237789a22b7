import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PULUMI_VERSION } from "../../cli/setup/pulumi-version.ts";

/** A program in the place of the Pulumi CLI, for the few short commands that need no state. */
export interface PretendPulumi {
  readonly command: string;
  /** What is in its stack's state from now on. */
  readonly remember: (resources: readonly object[]) => Promise<void>;
  /** What its stack exports from now on. */
  readonly export: (outputs: object) => Promise<void>;
  /** What it was started with, a call each: neither what it read nor its environment. */
  readonly calls: () => Promise<string[]>;
}

/** Encrypts as Pulumi does: what is secret is told from the file alone, and can be read back. */
const SCRIPT = `
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { parse, stringify } = require(YAML);
const args = process.argv.slice(2);
appendFileSync(LOG, args.join(" ") + "\\n");
const said = args.filter((each) => !["--non-interactive", "--color", "never"].includes(each));
const answers = {
  version: () => "v" + VERSION,
  whoami: () => JSON.stringify({ user: "nobody", url: BACK_END }),
  "stack ls": () => "[]",
  "stack export": () => JSON.stringify({ version: 3, deployment: existsSync(STATE) ? JSON.parse(readFileSync(STATE, "utf8")) : {} }),
  "stack output": () => (existsSync(OUTPUTS) ? readFileSync(OUTPUTS, "utf8") : "{}"),
  "config --show-secrets": () => {
    const { config } = parse(readFileSync("Pulumi." + process.env.PULUMI_STACK + ".yaml", "utf8"));
    const value = (each) =>
      typeof each === "string" ? each : each.secure ? Buffer.from(each.secure, "base64").toString() : JSON.stringify(each);
    return JSON.stringify(Object.fromEntries(Object.entries(config).map(([key, each]) => [key, { value: value(each) }])));
  },
  "config set": () => {
    const file = said[said.indexOf("--config-file") + 1];
    const document = parse(readFileSync(file, "utf8"));
    const secure = readFileSync(0).toString("base64");
    writeFileSync(file, stringify({ ...document, config: { ...document.config, [said.at(-1)]: { secure } } }));
    return "";
  },
};
const answer = answers[said.slice(0, 2).join(" ")] ?? answers[said[0]];
if (answer === undefined) process.exit(9);
process.stdout.write(answer());
`;

/** How it writes a secret into a configuration file: unreadable to the eye, and that is all. */
export function secured(value: string): { readonly secure: string } {
  return { secure: Buffer.from(value).toString("base64") };
}

/** Puts it into a folder as `pulumi`; `backEnd` is where it says that state lies. */
export async function pretendPulumi(folder: string, backEnd = "gs://a-bucket"): Promise<PretendPulumi> {
  const command = join(folder, "pulumi");
  const log = join(folder, "pulumi-calls");
  const outputs = join(folder, "outputs.json");
  const state = join(folder, "state.json");
  const known = {
    YAML: createRequire(import.meta.url).resolve("yaml"),
    LOG: log,
    OUTPUTS: outputs,
    STATE: state,
    VERSION: PULUMI_VERSION,
    BACK_END: backEnd,
  };
  const constants = Object.entries(known).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  await mkdir(folder, { recursive: true });
  await writeFile(command, `#!${process.execPath}\n${constants.join("\n")}${SCRIPT}`);
  await chmod(command, 0o755);
  await writeFile(log, "");
  return {
    command,
    remember: (resources) => writeFile(state, JSON.stringify({ resources })),
    export: (exported) => writeFile(outputs, JSON.stringify(exported)),
    calls: async () => (await readFile(log, "utf8")).split("\n").slice(0, -1),
  };
}
