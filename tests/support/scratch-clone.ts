import { mkdtempSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { PROJECT, TOPOLOGY_KEY } from "../../config/keys.ts";
import type { TopologySpec } from "../../topology/spec.ts";

/** What looks like a day is text. */
const QUOTED = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;

/** A folder of a test's own in the place of the clone, with the configuration of stacks in it. */
export interface ScratchClone {
  readonly root: string;
  /** Writes a stack's file as it stands, and returns its path. */
  readonly write: (stack: string, text: string) => Promise<string>;
  /** Writes a stack's topology, and what else is below `config:`. */
  readonly wish: (stack: string, spec: TopologySpec, more?: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Makes an empty one, with the project file that the Pulumi CLI looks for. */
export async function scratchClone(): Promise<ScratchClone> {
  const root = mkdtempSync(join(tmpdir(), "pgt-test-clone-"));
  await writeFile(join(root, "Pulumi.yaml"), `name: ${PROJECT}\nruntime: nodejs\n`);
  const write = async (stack: string, text: string): Promise<string> => {
    const path = join(root, `Pulumi.${stack}.yaml`);
    await writeFile(path, text);
    return path;
  };
  return {
    root,
    write,
    wish: (stack, spec, more = {}) => write(stack, stringify({ config: { ...more, [TOPOLOGY_KEY]: spec } }, QUOTED)),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
