import type { AccessFacts } from "../facts/access.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { about, known, none, notApplicable, verdict } from "../verdict.ts";

const HBA_DOCS = "https://www.postgresql.org/docs/17/auth-pg-hba-conf.html";

/** Methods that prove who connects without handing over the password. */
const SOUND_METHODS: readonly string[] = ["scram-sha-256", "cert", "reject"];

/** How a client proves who it is. */
export const authentication: readonly Requirement<"access">[] = [
  {
    id: "access/network-authentication",
    topic: "access",
    severity: "critical",
    title: "Every connection over the network proves itself by SCRAM or a certificate",
    why: "`trust` asks for nothing, `password` sends the password itself, and md5 hashes are as good as passwords to who steals them.",
    fix: "Let every `hostssl` line of pg_hba.conf end in scram-sha-256 or cert.",
    docs: HBA_DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["S1.2"],
    check: (facts) =>
      ofServers(facts, ["networkMethods"], ({ networkMethods }) =>
        none(
          networkMethods.filter((method) => !SOUND_METHODS.includes(method)),
          "pg_hba.conf: want scram-sha-256 or cert, got",
        ),
      ),
  },
  {
    id: "access/local-authentication",
    topic: "access",
    severity: "medium",
    title: "Connections through the unix socket are not simply trusted",
    why: "The socket is shared between containers; `trust` makes every process that sees it the administrator.",
    fix: "Use `peer` for local lines of pg_hba.conf.",
    docs: HBA_DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["S1.2"],
    check: (facts) =>
      ofServers(facts, ["localMethods"], ({ localMethods }) =>
        none(
          localMethods.filter((method) => !["peer", ...SOUND_METHODS].includes(method)),
          "pg_hba.conf: want peer or scram-sha-256 for local lines, got",
        ),
      ),
  },
  {
    id: "access/replication-role-confined",
    topic: "access",
    severity: "high",
    title: "The replication role can replicate, and connect to no database",
    why: "Its password lies on every replica; one lost replica must not open the application's database for SQL.",
    fix: "Let the replication role match `replication` lines of pg_hba.conf only, with a reject line for the rest.",
    docs: HBA_DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["S1.2"],
    check: (facts) =>
      ofServers(facts, ["replicationRoleDatabases"], ({ replicationRoleDatabases }) => {
        if (replicationRoleDatabases.length === 0) return notApplicable("no replication role may connect");
        return none(
          replicationRoleDatabases.filter((database) => database !== "replication"),
          "want replication only, got also",
        );
      }),
  },
  {
    id: "access/password-encryption",
    topic: "access",
    severity: "high",
    title: "New passwords are stored as scram-sha-256",
    why: "md5 hashes can be used in place of the password, and are deprecated.",
    fix: "Set `password_encryption = 'scram-sha-256'`.",
    docs: "https://www.postgresql.org/docs/17/auth-password.html",
    witnesses: ["spec", "plan", "live"],
    check: (facts) =>
      ofServers(facts, ["passwordEncryption"], ({ passwordEncryption }) =>
        verdict(passwordEncryption === "scram-sha-256", `got ${passwordEncryption}, want scram-sha-256`),
      ),
  },
];

/** All servers have the same file; what is wrong with it is told of the primary. */
function ofServers<K extends keyof AccessFacts>(
  facts: AccessFacts,
  names: readonly K[],
  judge: (facts: AllKnown<Pick<AccessFacts, K>>) => Verdict,
): Verdict {
  return about("primary", known(facts, names, judge));
}
