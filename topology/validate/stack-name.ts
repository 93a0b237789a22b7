import type { Issue } from "../issue.ts";

/** What is wrong with a stack's name where everything in a cloud is named after it. */
export function stackNameIssues({ stack }: { readonly stack: string }): Issue[] {
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(stack)) return [];
  return [
    {
      where: "stack",
      got: stack,
      want: "lower-case letters, digits and hyphens, a letter first and no hyphen last",
      because: "everything in the cloud is named after it",
      fix: "choose another name for the stack, such as prod",
    },
  ];
}
