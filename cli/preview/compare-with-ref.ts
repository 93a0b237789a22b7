import { basename, dirname } from "node:path";
import { judgeConfiguration } from "../../config/judge-configuration.ts";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { CommandContext } from "../context.ts";
import { commitOf, runGit } from "../run-git.ts";
import { configurationOf } from "../stack/configuration-file.ts";
import { changesSince } from "../stack/judge-changes.ts";
import type { Wish } from "../stack/read-wish.ts";
import { readYaml } from "../stack/read-yaml.ts";
import type { PlannedPreview } from "./planned-preview.ts";

/**
 * Compares the stack's configuration with what it was at a git ref. Neither the engine nor Docker nor a cloud is asked, so
 * that a fork without credentials can run it; what it can't see is named. A stack whose file the ref lacks is a new one.
 * @throws {PgtError} exit code 2: there is no such ref; exit code 3: git, or the old file, can't be read
 */
export async function compareWithRef(context: CommandContext, wish: Wish, ref: string): Promise<PlannedPreview> {
  const { sourceFile } = wish.place;
  const [folder, file] = [dirname(sourceFile), basename(sourceFile)];
  const commit = await commitOf(folder, ref, context);
  const listed = await runGit(folder, ["ls-tree", "--name-only", commit, "--", `./${file}`], context);
  const before =
    listed.trim() === ""
      ? undefined
      : topologyOf(await runGit(folder, ["show", `${commit}:./${file}`], context), wish, `${file} at ${ref}`);
  return {
    source: `${file}, compared with ${ref}`,
    wish: changesSince(before, wish),
    plan: undefined,
    findings: undefined,
    before,
    after: wish.topology,
    unseen: [
      "the engine's plan: what it does beyond the configuration, and what was changed past Pulumi",
      "policies: they judge the engine's plan",
      `whether ${ref} is what was deployed last`,
      ...(before === undefined
        ? [`whether the stack is there already: ${ref} has no ${file}, so it counts as new, with nothing to lose`]
        : []),
    ],
    couldNotCheck: [],
    unjudged: ["plan/"],
  };
}

function topologyOf(text: string, { place }: Wish, source: string): ResolvedTopology {
  try {
    return judgeConfiguration(configurationOf(readYaml(text, source)), place.stack, source).topology;
  } catch (error) {
    // What is wrong there is no mistake of whoever proposes this change.
    throw new PgtError(`${source} can't be compared with: ${messageOf(error)}`, {
      exitCode: EXIT.couldNotCheck,
      fix: ["Compare with a commit whose configuration this version can read."],
      cause: error,
    });
  }
}
