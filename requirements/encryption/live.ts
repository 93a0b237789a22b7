import type { EncryptionFacts, EndpointFacts } from "../facts/encryption.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, none, verdict } from "../verdict.ts";

const SSL_DOCS = "https://www.postgresql.org/docs/17/libpq-ssl.html";
const LIVE = ["live"] as const;

/** What clients that try it find out. */
export const liveEncryption: readonly Requirement<"encryption">[] = [
  {
    id: "encryption/verify-full-accepted",
    topic: "encryption",
    severity: "critical",
    title: "A client that checks certificate and name gets in",
    why: "A certificate that cannot be checked teaches everybody to switch the check off.",
    fix: "Run `pgt up`: it makes certificates that carry the names clients use.",
    docs: SSL_DOCS,
    witnesses: LIVE,
    references: ["X2"],
    check: (facts) =>
      eachEndpoint(facts, ["verifyFullAccepted"], ({ verifyFullAccepted }) =>
        verdict(verifyFullAccepted, "got sslmode=verify-full refused, want accepted"),
      ),
  },
  {
    id: "encryption/wrong-ca-refused",
    topic: "encryption",
    severity: "critical",
    title: "A client that trusts another CA only does not get in",
    why: "It shows that the check is a check: a server whose certificate any client takes could be anybody.",
    fix: "Let servers hold certificates of the stack's own CA only.",
    docs: SSL_DOCS,
    witnesses: LIVE,
    references: ["X2"],
    check: (facts) =>
      eachEndpoint(facts, ["wrongCaRefused"], ({ wrongCaRefused }) =>
        verdict(wrongCaRefused, "got a connection by another CA, want none"),
      ),
  },
  {
    id: "encryption/old-protocol-refused",
    topic: "encryption",
    severity: "high",
    title: "A client with a TLS version below the asked one does not get in",
    why: "A setting says what was wished; an attempt says what is.",
    fix: "Run `pgt up`, which writes `ssl_min_protocol_version` anew, and restart what still takes the old version.",
    docs: "https://www.postgresql.org/docs/17/runtime-config-connection.html#GUC-SSL-MIN-PROTOCOL-VERSION",
    witnesses: LIVE,
    check: (facts) =>
      eachEndpoint(facts, ["oldProtocolRefused"], ({ oldProtocolRefused }) =>
        verdict(oldProtocolRefused, "got an older TLS version accepted, want refused"),
      ),
  },
  {
    id: "encryption/certificate-valid-long-enough",
    topic: "encryption",
    severity: "high",
    title: "No certificate is about to end",
    why: "The day it ends, every client that checks it is locked out at once.",
    fix: "Take the old certificate out of the stack's configuration and run `pgt up`, which makes a new one.",
    docs: SSL_DOCS,
    witnesses: LIVE,
    check: (facts, { minCertificateDays }) =>
      eachEndpoint(facts, ["certificateDaysLeft"], ({ certificateDaysLeft }) =>
        verdict(
          certificateDaysLeft >= minCertificateDays,
          `got ${Math.floor(certificateDaysLeft)} days left, want ${minCertificateDays} or more`,
        ),
      ),
  },
  {
    id: "encryption/no-plain-sessions",
    topic: "encryption",
    severity: "critical",
    title: "Nobody is connected over the network without TLS",
    why: "A session outlives the rule that let it in.",
    fix: "End the session with `pg_terminate_backend`, and find out how it got in.",
    docs: "https://www.postgresql.org/docs/17/monitoring-stats.html#MONITORING-PG-STAT-SSL-VIEW",
    witnesses: LIVE,
    check: (facts) => known(facts, ["plainSessions"], ({ plainSessions }) => none(plainSessions, "got plain text on")),
  },
];

function eachEndpoint<K extends keyof EndpointFacts>(
  facts: EncryptionFacts,
  names: readonly K[],
  judge: (endpoint: AllKnown<Pick<EndpointFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["endpoints"], ({ endpoints }) =>
    every(
      endpoints,
      (endpoint) => endpoint.part,
      (endpoint) => known(endpoint, names, judge),
      "there is nothing to connect to",
    ),
  );
}
