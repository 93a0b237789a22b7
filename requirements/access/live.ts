import type { AccessFacts, TriedRole } from "../facts/access.ts";
import { type Fact, isKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { about, absence, every, fail, known, none, notApplicable, verdict } from "../verdict.ts";

const ROLES_DOCS = "https://www.postgresql.org/docs/17/user-manag.html";
const PRIVILEGES_DOCS = "https://www.postgresql.org/docs/17/ddl-priv.html";
const LIVE = ["live"] as const;
const APPLY =
  "Run `pgt roles` to see the difference, and `pgt roles --apply` to undo it; on Cloud SQL with --vantage inside, on a machine inside the VPC.";

/** What the catalogue of the running server says of its roles. */
const catalogued: readonly Requirement<"access">[] = [
  {
    id: "access/one-superuser",
    topic: "access",
    severity: "critical",
    title: "Only the administrator is a superuser",
    why: "A superuser is above every grant and every row policy, and can run programs on the server.",
    fix: APPLY,
    docs: "https://www.postgresql.org/docs/17/role-attributes.html",
    witnesses: LIVE,
    references: ["S1.2"],
    check: (facts) =>
      known(facts, ["superusers", "administrator"], ({ administrator, superusers }) =>
        none(
          superusers.filter((role) => role !== administrator),
          `want ${administrator} only, got also`,
        ),
      ),
  },
  {
    id: "access/roles-complete",
    topic: "access",
    severity: "critical",
    title: "Every planned role is there",
    why: "Without its role the application, a replica, the pooler or the monitoring cannot log in.",
    fix: APPLY,
    docs: ROLES_DOCS,
    witnesses: LIVE,
    references: ["S1.2"],
    check: (facts) => known(facts, ["missingRoles"], ({ missingRoles }) => none(missingRoles, "missing")),
  },
  {
    id: "access/no-unplanned-roles",
    topic: "access",
    severity: "high",
    title: "Nobody can log in but the planned roles",
    why: "A role made by hand is in no configuration, in no rotation of passwords, and in no review.",
    fix: "Drop it, or plan it.",
    docs: ROLES_DOCS,
    witnesses: LIVE,
    check: (facts) => known(facts, ["unplannedRoles"], ({ unplannedRoles }) => none(unplannedRoles, "got also")),
  },
  {
    id: "access/no-unplanned-privileges",
    topic: "access",
    severity: "high",
    title: "No role may do more than was planned",
    why: "A grant made in a hurry stays for ever, and nobody sees it.",
    fix: APPLY,
    docs: PRIVILEGES_DOCS,
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["unplannedPrivileges"], ({ unplannedPrivileges }) => none(unplannedPrivileges, "to be undone")),
  },
  {
    id: "access/privileges-complete",
    topic: "access",
    severity: "high",
    title: "Every role has the privileges that were planned",
    why: "A missing grant is an error in the application, on the day when its code path is taken.",
    fix: APPLY,
    docs: PRIVILEGES_DOCS,
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["missingPrivileges"], ({ missingPrivileges }) => none(missingPrivileges, "to be done")),
  },
  {
    id: "access/passwords-scram",
    topic: "access",
    severity: "high",
    title: "Every stored password is a scram-sha-256 one",
    why: "An md5 hash can be used in place of the password by who steals it.",
    fix: "Set the password anew: `pgt roles --apply` does for planned roles.",
    docs: "https://www.postgresql.org/docs/17/auth-password.html",
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["rolesWithoutScram"], ({ rolesWithoutScram }) => none(rolesWithoutScram, "got another kind for")),
  },
  {
    id: "access/wrong-password-refused",
    topic: "access",
    severity: "critical",
    title: "A wrong password is refused",
    why: "It shows that passwords are asked for at all.",
    fix: "Look for `trust` in pg_hba.conf; `pgt up` writes it anew.",
    docs: "https://www.postgresql.org/docs/17/auth-pg-hba-conf.html",
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["wrongPasswordRefused"], ({ wrongPasswordRefused }) =>
        verdict(wrongPasswordRefused, "got a wrong password accepted, want refused"),
      ),
  },
];

/** What keeps the databases of a split apart: no login is known to both. */
const isolated: Requirement<"access"> = {
  id: "access/databases-isolated",
  topic: "access",
  severity: "critical",
  title: "The stack's other database takes no password of this one's roles",
  why: "A split keeps a leak in one database from being a leak in the other; one password that both take undoes it.",
  fix: "Drop the role there that has it, or run `pgt roles --apply`, which gives planned roles back their own password.",
  docs: "https://www.postgresql.org/docs/17/auth-password.html",
  witnesses: ["plan", "live"],
  references: ["S2.7"],
  check: (facts) =>
    known(facts, ["takenElsewhere"], ({ takenElsewhere }) => about("primary", none(takenElsewhere, "got taken"))),
};

/** What each role is for, in the words of a title. */
const TRIED: readonly (readonly [TriedRole, string, string])[] = [
  ["owner", "owner", "The owner can change the application's schema, and nothing beyond it"],
  ["readWrite", "read-write", "The application can read and write rows, and not change the schema"],
  ["readOnly", "read-only", "The read-only role can read rows, and not write them"],
  ["monitoring", "monitoring", "The monitoring role can see the server's state, and none of the application's rows"],
  ["pooler", "pooler", "The pooler can look passwords up, and read none of the application's rows"],
  ["replication", "replication", "The replication role can replicate, and run no SQL in a database"],
];

/** What each role was seen to be able to do, and not. */
const tried: readonly Requirement<"access">[] = TRIED.map(([role, slug, title]) => ({
  id: `access/${slug}-can-do-its-work-only` as const,
  topic: "access",
  severity: "high",
  title,
  why: "Grants add up in ways that a list of them does not show; an attempt does.",
  fix: APPLY,
  docs: PRIVILEGES_DOCS,
  witnesses: LIVE,
  references: ["S1.2"],
  check: (facts) => attemptsOf(facts, role),
}));

function attemptsOf(facts: AccessFacts, role: TriedRole): Verdict {
  return known(facts, ["attempts"], ({ attempts }) => {
    const own = attempts[role];
    if (!isKnown(own)) return absence(`attempts of ${role}`, own);
    return every(
      own,
      ({ action }) => action,
      ({ allowed, wanted }) => {
        if (allowed === wanted) return verdict(true, "");
        return toldElsewhere(facts, allowed) ?? fail(`got ${said(allowed)}, want ${said(wanted)}`);
      },
      "nothing was tried",
    );
  });
}

/** One breakage has one name: a grant that the catalogue shows is not told again by the attempts that it lets through. */
function toldElsewhere(facts: AccessFacts, allowed: boolean): Verdict | undefined {
  const differences: readonly Fact<readonly string[]>[] = allowed
    ? [facts.unplannedPrivileges]
    : [facts.missingPrivileges, facts.missingRoles];
  if (!differences.some((list) => isKnown(list) && list.length > 0)) return undefined;
  return notApplicable("the roles are not as planned, which another requirement tells");
}

function said(allowed: boolean): string {
  return allowed ? "allowed" : "refused";
}

/** What only the running servers can tell. */
export const liveAccess: readonly Requirement<"access">[] = [...catalogued, isolated, ...tried];
