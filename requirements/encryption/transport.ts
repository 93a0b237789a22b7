import { isKnown } from "../known.ts";
import type { Requirement } from "../requirement.ts";
import { absence, every, known, notApplicable, verdict } from "../verdict.ts";

const SSL_DOCS = "https://www.postgresql.org/docs/17/ssl-tcp.html";

/** Versions that have no known weakness, oldest first. */
const SOUND_VERSIONS: readonly string[] = ["TLSv1.2", "TLSv1.3"];

/** Client modes that check the server's certificate against the CA. */
const CHECKING_MODES: readonly string[] = ["verify-ca", "verify-full"];

/** Nothing travels in the clear, and every end knows whom it speaks to. */
export const transportEncryption: readonly Requirement<"encryption">[] = [
  {
    id: "encryption/plaintext-refused",
    topic: "encryption",
    severity: "critical",
    title: "Connections without TLS are refused",
    why: "Whoever reads the wire reads every row, and a password exchange that can be replayed or guessed offline.",
    fix: "Let pg_hba.conf hold `hostssl` lines only, and set `client_tls_sslmode` of PgBouncer to require or stricter.",
    docs: "https://www.postgresql.org/docs/17/auth-pg-hba-conf.html",
    witnesses: ["spec", "plan", "live"],
    references: ["S3.11", "CIS GCP 6.4"],
    check: (facts) =>
      known(facts, ["endpoints"], ({ endpoints }) =>
        every(
          endpoints,
          (endpoint) => endpoint.part,
          (endpoint) =>
            known(endpoint, ["plaintextRefused"], ({ plaintextRefused }) =>
              verdict(plaintextRefused, "got connections without TLS accepted, want refused"),
            ),
          "there is nothing to connect to",
        ),
      ),
  },
  {
    id: "encryption/tls-version",
    topic: "encryption",
    severity: "high",
    title: "Old TLS versions are switched off",
    why: "TLS 1.0 and 1.1 are broken and deprecated (RFC 8996).",
    fix: "Set `ssl_min_protocol_version` (`tls.minProtocolVersion`) to TLSv1.2 or TLSv1.3.",
    docs: SSL_DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["RFC 8996"],
    check: (facts) =>
      known(facts, ["endpoints"], ({ endpoints }) =>
        every(
          endpoints,
          (endpoint) => endpoint.part,
          (endpoint) =>
            known(endpoint, ["minProtocolVersion"], ({ minProtocolVersion }) =>
              verdict(
                SOUND_VERSIONS.includes(minProtocolVersion),
                `got ${minProtocolVersion} as the oldest version, want ${SOUND_VERSIONS.join(" or ")}`,
              ),
            ),
          "there is nothing to connect to",
        ),
      ),
  },
  {
    id: "encryption/pooler-verifies-servers",
    topic: "encryption",
    severity: "high",
    title: "The pooler checks the certificates of the servers behind it",
    why: "Without the check anything that answers under a server's name in the network is handed the rows.",
    fix: "Set `server_tls_sslmode = verify-full` and `server_tls_ca_file` in pgbouncer.ini.",
    docs: "https://www.pgbouncer.org/config.html#server_tls_sslmode",
    witnesses: ["spec", "plan", "live"],
    check: (facts) =>
      known(facts, ["poolerServerMode"], ({ poolerServerMode }) => {
        if (poolerServerMode === undefined) return notApplicable("no pooler");
        return verdict(
          CHECKING_MODES.includes(poolerServerMode),
          `pooler: got server_tls_sslmode ${poolerServerMode}, want verify-full`,
        );
      }),
  },
  {
    id: "encryption/replication-verifies-primary",
    topic: "encryption",
    severity: "high",
    title: "Replicas check the certificate of their primary",
    why: "A replica that follows an impostor serves the impostor's rows.",
    fix: "Set `sslmode=verify-full` and `sslrootcert` in primary_conninfo.",
    docs: "https://www.postgresql.org/docs/17/libpq-ssl.html",
    witnesses: ["spec", "plan", "live"],
    check: (facts) =>
      known(facts, ["replicaModes"], ({ replicaModes }) =>
        every(
          Object.entries(replicaModes),
          ([part]) => part,
          ([, mode]) =>
            isKnown(mode)
              ? verdict(CHECKING_MODES.includes(mode), `got sslmode ${mode}, want verify-full`)
              : absence("sslmode", mode),
          "no replicas",
        ),
      ),
  },
];
