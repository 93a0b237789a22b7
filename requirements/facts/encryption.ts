import type { Fact } from "../known.ts";

/** Something that clients connect to: `primary`, `replica-<key>` or `pooler`. */
export interface EndpointFacts {
  readonly part: string;
  /** Connections without TLS are refused. */
  readonly plaintextRefused: Fact<boolean>;
  /** `ssl_min_protocol_version`, as in `TLSv1.3`. */
  readonly minProtocolVersion: Fact<string>;
  /** Live only: a client that checks certificate and name (`verify-full`) gets in. */
  readonly verifyFullAccepted: Fact<boolean>;
  /** Live only: a client that trusts another CA only does not get in. */
  readonly wrongCaRefused: Fact<boolean>;
  /** Live only: a client that speaks a TLS version below the asked one does not get in. */
  readonly oldProtocolRefused: Fact<boolean>;
  /** Live only: days until the certificate ends. */
  readonly certificateDaysLeft: Fact<number>;
}

/** What travels in the clear. */
export interface EncryptionFacts {
  readonly endpoints: Fact<readonly EndpointFacts[]>;
  /** `server_tls_sslmode` of PgBouncer; `undefined` without a pooler. */
  readonly poolerServerMode: Fact<string | undefined>;
  /** `sslmode` in the replicas' `primary_conninfo`, by part. */
  readonly replicaModes: Fact<Readonly<Record<string, Fact<string>>>>;
  /** Live only: sessions over the network without TLS, as `primary: app from 172.18.0.5`. */
  readonly plainSessions: Fact<readonly string[]>;
}
