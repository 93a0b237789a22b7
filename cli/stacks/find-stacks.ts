import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { judgeConfiguration } from "../../config/judge-configuration.ts";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { CommandContext } from "../context.ts";
import { configurationOf, readConfiguration } from "../stack/configuration-file.ts";
import { placeOf } from "../stack/place.ts";

/** A stack of this repository. */
export interface KnownStack {
  readonly stack: string;
  /** Beside the program. */
  readonly file: string;
  readonly target: ResolvedTopology["target"];
  readonly environment: ResolvedTopology["environment"];
  /** It lives on the machine that makes it, so that nobody else can look at what is there. */
  readonly local: boolean;
}

const STACK_FILE = /^Pulumi\.([a-z][a-z0-9-]{0,40})\.yaml$/;

/** The stack that a file beside the program is of; `undefined` for every other file. */
export function stackOfFile(file: string): string | undefined {
  return STACK_FILE.exec(file)?.[1];
}

/**
 * Every `Pulumi.<stack>.yaml` of the repository that has a topology, by name.
 * @throws {PgtError} exit code 2 when one of them has mistakes: a list without it would read as a stack that is not there
 */
export async function findStacks(context: CommandContext): Promise<readonly KnownStack[]> {
  const names = (await readdir(context.root)).flatMap((file) => stackOfFile(file) ?? []).sort();
  const found: KnownStack[] = [];
  for (const stack of names) {
    const { local, sourceFile } = placeOf(context, { stack });
    const configuration = configurationOf(await readConfiguration(join(context.root, basename(sourceFile))));
    if (!(TOPOLOGY_KEY in configuration)) continue;
    const { environment, target } = judgeConfiguration(configuration, stack, sourceFile).topology;
    found.push({ stack, file: basename(sourceFile), target, environment, local });
  }
  return found;
}
