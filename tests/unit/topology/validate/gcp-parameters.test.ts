// Whether Cloud SQL takes a flag today is not proven: the tables of flags stand for it, and their own tests are elsewhere.
import { describe } from "mocha";
import { PARAMETER_RULES } from "../../../../topology/validate/gcp-parameters.ts";
import { type GcpCase, testRules } from "../../../support/gcp-cases.ts";

const CASES: Record<keyof typeof PARAMETER_RULES, readonly GcpCase[]> = {
  topologyDecidesItsFlags: [
    {
      title: "a flag that the topology decides",
      good: { parameters: { "cloudsql.enable_pgaudit": "on" } },
      bad: { parameters: { "cloudsql.iam_authentication": "off" } },
      text: `parameters.cloudsql.iam_authentication
    got: off
    want: not to be set here
    because: the topology decides it
    fix: remove it`,
    },
  ],
  flagIsOneLine: [
    {
      title: "a flag of two lines",
      good: { parameters: { log_line_prefix: "%m " } },
      bad: { parameters: { log_line_prefix: "%m\n" } },
      text: `parameters.log_line_prefix
    got: more than one line
    want: one line
    fix: remove the line break`,
    },
  ],
  cloudSetsItsOwnFlags: [
    {
      title: "a flag that Cloud SQL sets by another",
      good: { parameters: { "cloudsql.logical_decoding": "on" } },
      bad: { parameters: { wal_level: "logical" } },
      text: `parameters.wal_level
    got: logical
    want: not to be set
    because: Cloud SQL sets it by the flag cloudsql.logical_decoding
    fix: remove it`,
    },
    {
      title: "a parameter of the platform's own",
      good: { parameters: { hot_standby_feedback: "on" } },
      bad: { parameters: { Fsync: "off" } },
      text: `parameters.Fsync
    got: off
    want: not to be set
    because: files, addresses, archive and durability of its servers are Cloud SQL's own; it lists no such flag
    fix: remove it`,
    },
  ],
  sharedBuffersFitTheMemory: [
    {
      title: "more shared memory than the server has",
      good: { parameters: { shared_buffers: "2GB" } },
      bad: { parameters: { shared_buffers: "8GB" } },
      text: `parameters.shared_buffers
    got: 8GB
    want: less than the primary's 8192 MB
    because: a server that can't get its shared memory does not start
    fix: remove it: Cloud SQL sets it from the size`,
    },
  ],
  ownFlagExists: [
    {
      title: "a flag of Cloud SQL that is misspelt",
      good: { parameters: { "cloudsql.enable_pg_cron": "on" } },
      bad: { parameters: { "cloudsql.enable_pg_corn": "on" } },
      text: `parameters.cloudsql.enable_pg_corn
    got: cloudsql.enable_pg_corn
    want: a flag of Cloud SQL
    fix: did you mean cloudsql.enable_pg_cron, cloudsql.enable_pg_bigm, cloudsql.enable_anon?`,
    },
  ],
  flagTakesTheValue: [
    {
      title: "a value below the least that Cloud SQL takes",
      good: { parameters: { max_replication_slots: 10 } },
      bad: { parameters: { max_replication_slots: 9 } },
      text: `parameters.max_replication_slots
    got: 9
    want: at least 10
    because: Cloud SQL takes less than PostgreSQL does
    fix: the nearest value is 10`,
    },
    {
      title: "a value below PostgreSQL's least, with one that Cloud SQL takes",
      good: { parameters: { min_wal_size: "64MB" } },
      bad: { parameters: { min_wal_size: "1MB" } },
      text: `parameters.min_wal_size
    got: 1MB
    want: at least 32
    because: Cloud SQL takes less than PostgreSQL does
    fix: the nearest value is 32`,
    },
    {
      title: "a parameter that PostgreSQL does not have",
      good: { parameters: { work_mem: "8MB" } },
      bad: { parameters: { work_men: "8MB" } },
      text: `parameters.work_men
    got: 8MB
    want: a parameter of PostgreSQL 17
    fix: did you mean work_mem?`,
    },
  ],
};

describe("the flags of Cloud SQL", () => {
  testRules(PARAMETER_RULES, CASES);
});
