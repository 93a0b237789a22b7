import { z } from "zod";
import type { Permission } from "../topology/permission.ts";
import { PERMISSIONS_KEY } from "./keys.ts";
import type { Judged } from "./parse.ts";
import { shapeIssues } from "./shape-issues.ts";

/** What a person wrote, and not a blank as it is suggested: `<why it may happen>`. */
function words(meaning: string): z.ZodString {
  return z
    .string()
    .regex(/^(?!\s*<.*>\s*$).*\S/, meaning)
    .meta({ description: `${meaning[0]?.toUpperCase() ?? ""}${meaning.slice(1)}.` });
}

const permission = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z-]+\/\S+$/, "what is permitted, as in change/database")
    .meta({ description: "What is permitted; the refusal says it." }),
  reason: words("why it may happen"),
  owner: words("who answers for it"),
  expires: z.iso
    .date("a day as YYYY-MM-DD")
    .meta({ description: "The last day, in UTC, on which it holds, as YYYY-MM-DD, in quotes." }),
});

/** The value of the configuration key `pgtopology:permissions`. */
export const permissionsSpec = z
  .array(permission, "a list of permissions")
  .superRefine((permissions, context) => {
    for (const [index, { id }] of permissions.entries()) {
      if (permissions.findIndex((other) => other.id === id) === index) continue;
      context.addIssue({ code: "custom", path: [index, "id"], message: "an id that no other permission has" });
    }
  })
  .meta({ description: "What may happen although it is otherwise refused." });

/** The permissions of a stack, none where its configuration has no list of them; or every mistake in them. */
export function judgePermissions(value: unknown): Judged<readonly Permission[]> {
  const parsed = permissionsSpec.safeParse(value ?? []);
  if (parsed.success) return { value: parsed.data };
  return { mistakes: { key: PERMISSIONS_KEY, issues: shapeIssues(parsed.error.issues, value, permissionsSpec) } };
}
