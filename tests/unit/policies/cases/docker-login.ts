import type { PlanCase } from "../plan-case.ts";
import { NO_POOLER_FILES, ofDocker } from "./docker-sides.ts";
import { dockerStack } from "./docker-stack.ts";

const HBA = "hostssl all all all scram-sha-256";

/** How clients of the servers prove who they are, and what travels in the clear. */
export const CASES: readonly PlanCase[] = [
  ofDocker("access/network-authentication", [
    { why: "trust", change: { hba: "hostssl all all all trust" }, says: /^primary: pg_hba\.conf: .* got: trust/ },
    { why: "md5", change: { hba: `${HBA}\nhostssl app app 10.0.0.0 255.0.0.0 md5` }, says: /got: md5/ },
    { why: "in the clear", change: { hba: "hostssl all all all password" }, says: /got: password/ },
  ]),
  ofDocker("access/local-authentication", [
    { why: "trust", change: { hba: `local all all trust\n${HBA}` }, says: /^primary: pg_hba\.conf: .* got: trust/ },
  ]),
  ofDocker("access/replication-role-confined", [
    {
      why: "a database beside",
      change: { hba: `hostssl replication,app replicator all scram-sha-256\nhostssl app app all scram-sha-256` },
      says: /^primary: want replication only, got also: app/,
    },
    {
      why: "no line that rejects it from the rest",
      change: { hba: `hostssl replication replicator all scram-sha-256\n${HBA}` },
      says: /got also: all/,
    },
  ]),
  ofDocker("access/password-encryption", [
    {
      why: "md5",
      change: { primary: { password_encryption: "md5" } },
      says: /^primary: got md5, want scram-sha-256/,
    },
    { why: "of a replica", change: { replica: { password_encryption: "'md5'" } }, says: /got md5/ },
  ]),
  {
    id: "access/databases-isolated",
    good: [...dockerStack(), ...other("another")],
    bad: [
      {
        why: "one password for both",
        resources: [...dockerStack(), ...other('"pooler" "SCRAM-SHA-256$x"')],
        says: /^primary: got taken: userlist of t-pooler/,
        at: "t-primary",
      },
    ],
  },
  ofDocker("encryption/plaintext-refused", [
    {
      why: "a line for connections without TLS",
      change: { hba: `${HBA}\nhost all all all scram-sha-256` },
      says: /^primary: got connections without TLS accepted, want refused/,
    },
    {
      why: "no TLS at all",
      change: { replica: { ssl: "off" } },
      says: /^replica-a: got connections without TLS/,
      at: "replica-a",
    },
    {
      why: "the pooler",
      change: { pooler: { client_tls_sslmode: "prefer" } },
      says: /^pooler: got connections without TLS/,
      at: "pooler",
    },
    {
      why: "the pooler's default",
      change: { pooler: { client_tls_sslmode: undefined } },
      says: /^pooler: got connections without TLS/,
      at: "pooler",
    },
  ]),
  ofDocker("encryption/tls-version", [
    {
      why: "an old version",
      change: { primary: { ssl_min_protocol_version: "TLSv1.1" } },
      says: /^primary: got TLSv1\.1 as the oldest version/,
    },
    {
      why: "an old one beside a new one",
      change: { pooler: { client_tls_protocols: "tlsv1.1, tlsv1.3" } },
      says: /^pooler: got TLSv1\.1/,
      at: "pooler",
    },
    { why: "all", change: { pooler: { client_tls_protocols: "all" } }, says: /^pooler: got TLSv1\.0/, at: "pooler" },
  ]),
  ofDocker(
    "encryption/pooler-verifies-servers",
    [
      {
        why: "a mode that checks nothing",
        change: { pooler: { server_tls_sslmode: "require" } },
        says: /^pooler: got server_tls_sslmode require, want verify-full/,
        at: "pooler",
      },
      {
        why: "its default",
        change: { pooler: { server_tls_sslmode: undefined } },
        says: /got server_tls_sslmode prefer/,
        at: "pooler",
      },
    ],
    { unknown: NO_POOLER_FILES },
  ),
  ofDocker("encryption/replication-verifies-primary", [
    {
      why: "a mode that checks nothing",
      change: { replica: { primary_conninfo: "'host=primary sslmode=require'" } },
      says: /^replica-a: got sslmode require, want verify-full/,
      at: "replica-a",
    },
    {
      why: "its default",
      change: { replica: { primary_conninfo: "'host=primary'" } },
      says: /got sslmode prefer/,
      at: "replica-a",
    },
  ]),
];

/** Another database of the same stack. */
function other(userlist: string) {
  const uploads = [{ file: "/etc/pgbouncer/userlist", content: userlist }];
  return dockerStack({ props: { pooler: { uploads } }, without: ["primary", "replica-a", "scheduler"] }).map((one) => ({
    ...one,
    name: "u-pooler",
    props: {
      ...one.props,
      labels: [
        { label: "pgtopology.stack", value: "u" },
        { label: "pgtopology.part", value: "pooler" },
      ],
    },
  }));
}
