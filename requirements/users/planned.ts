import type { UserFacts, UsersFacts } from "../facts/users.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, verdict } from "../verdict.ts";

const USERS = "https://cloud.google.com/sql/docs/postgres/users";
const PLANNED = ["plan"] as const;

/** Users of managed databases. */
export const plannedUsers: readonly Requirement<"users">[] = [
  {
    id: "users/kept-on-removal",
    topic: "users",
    severity: "medium",
    title: "The removal of a user leaves the user in the database",
    why: "PostgreSQL refuses to drop a role that owns anything, and the removal of everything else stops there.",
    fix: "Set `deletionPolicy` of the user to ABANDON.",
    docs: "https://www.pulumi.com/registry/packages/gcp/api-docs/sql/user/",
    witnesses: PLANNED,
    check: (facts) =>
      eachUser(facts, ["keptOnRemoval"], ({ keptOnRemoval }) =>
        verdict(keptOnRemoval, "got deletionPolicy DELETE, want ABANDON or PREVENT"),
      ),
  },
  {
    id: "users/password-secret",
    topic: "users",
    severity: "high",
    title: "The password of a user is a secret of the stack",
    why: "A plain value is in the state, in every preview and in the log of whoever ran it.",
    fix: "Take it from secret configuration (`pulumi config set --secret`), or from a random password.",
    docs: "https://www.pulumi.com/docs/iac/concepts/secrets/",
    witnesses: PLANNED,
    check: (facts) =>
      eachUser(facts, ["passwordSecret"], ({ passwordSecret }) =>
        verdict(passwordSecret, "got a password as plain text, want a secret"),
      ),
  },
  {
    id: "users/password-write-only",
    topic: "users",
    severity: "low",
    // The state keeps secrets encrypted; without the password in it, a changed one is found by its version only.
    level: "off",
    title: "The password of a user is not in the state",
    why: "What is not kept can't leak from there.",
    fix: "Set `passwordWo` and `passwordWoVersion` instead of `password`.",
    docs: "https://www.pulumi.com/registry/packages/gcp/api-docs/sql/user/",
    witnesses: PLANNED,
    check: (facts) =>
      eachUser(facts, ["passwordWriteOnly"], ({ passwordWriteOnly }) =>
        verdict(passwordWriteOnly, "got password, want passwordWo"),
      ),
  },
  {
    id: "users/no-superuser",
    topic: "users",
    severity: "medium",
    title: "What an application logs in as may not do everything",
    why: "A hole in the application is then a hole in every table, and in every other user's.",
    fix: "Name the user's own roles in `databaseRoles`, or take the administrator's role away in SQL, as `pgt up` does.",
    docs: USERS,
    witnesses: PLANNED,
    check: (facts) =>
      eachUser(facts, ["superuserRole"], ({ superuserRole }) =>
        verdict(superuserRole === undefined, `got ${superuserRole}, want roles of its own`),
      ),
  },
];

function eachUser<K extends keyof UserFacts>(
  facts: UsersFacts,
  names: readonly K[],
  judge: (user: AllKnown<Pick<UserFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["users"], ({ users }) =>
    every(
      users,
      (user) => user.name,
      (user) => known(user, names, judge),
      "the plan has no user",
    ),
  );
}
