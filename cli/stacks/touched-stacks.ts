import type { ChangedFiles } from "./changed-files.ts";
import { type KnownStack, stackOfFile } from "./find-stacks.ts";

/** A stack, and what it is touched by. */
export interface ListedStack extends KnownStack {
  /** Files that changed and may change it; `null` when nobody asked. */
  readonly touchedBy: readonly string[] | null;
}

/** The shape of `pgt stacks --json`, which stays as it is. */
export interface StackList {
  readonly since: ChangedFiles["since"] | null;
  readonly stacks: readonly ListedStack[];
  /** Stacks whose file is gone; what they had made is not. */
  readonly removed: readonly string[];
}

/** Folders that no stack is made from. Whatever is not here counts as part of the program. */
const APART_FOLDERS = [
  ".ci/",
  ".github/",
  "bench/",
  "docs/",
  "examples/",
  "schema/",
  "tests/",
  "tools/actionlint/",
  "tools/s3-server/",
  "tools/server-settings/",
];

/** Files beside the program that no stack is made from. */
const APART_FILES = new Set([
  ".env.example",
  ".gitignore",
  ".gitlab-ci.yml",
  ".mocharc.json",
  ".prettierignore",
  ".prettierrc",
  "LICENSE",
  "eslint.config.js",
  "knip.json",
]);

/** Every stack, without a question of what has changed. */
export function allStacks(stacks: readonly KnownStack[]): StackList {
  return { since: null, stacks: stacks.map((stack) => ({ ...stack, touchedBy: null })), removed: [] };
}

/** The stacks that the changed files may change: by their own file, or by any file of the program. */
export function touchedStacks(stacks: readonly KnownStack[], { files, since }: ChangedFiles): StackList {
  const shared = files.filter((file) => stackOfFile(file) === undefined && !isApart(file));
  const touched = stacks.flatMap((stack): ListedStack[] => {
    const touchedBy = files.filter((file) => file === stack.file || shared.includes(file));
    return touchedBy.length === 0 ? [] : [{ ...stack, touchedBy }];
  });
  const known = new Set(stacks.map(({ stack }) => stack));
  const removed = files.flatMap((file) => stackOfFile(file) ?? []).filter((stack) => !known.has(stack));
  return { since, stacks: touched, removed };
}

function isApart(file: string): boolean {
  return APART_FILES.has(file) || /^[^/]+\.md$/.test(file) || APART_FOLDERS.some((folder) => file.startsWith(folder));
}
