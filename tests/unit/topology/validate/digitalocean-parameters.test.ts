// That the platform takes a value is not proven here: the ranges are those of its API's specification.
import { describe } from "mocha";
import { DIGITALOCEAN_PARAMETER_RULES } from "../../../../topology/validate/digitalocean-parameters.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_PARAMETER_RULES, readonly DigitalOceanCase[]> = {
  platformDecidesItsOwn: [
    {
      title: "max_connections, which follows from the machine (trap 33)",
      good: { parameters: { max_wal_senders: 30 } },
      bad: { parameters: { max_connections: 200 } },
      text: `parameters.max_connections
    got: 200
    want: not to be set
    because: the platform sets it by the machine's memory: choose another size
    fix: remove it`,
    },
    {
      title: "statement_timeout, which the platform does not have (trap 33)",
      good: { parameters: { idle_in_transaction_session_timeout: "1min" } },
      bad: { parameters: { statement_timeout: "1min" } },
      text: `parameters.statement_timeout
    got: 1min
    want: not to be set
    because: the platform has no such setting: set it for the role or the session
    fix: remove it`,
    },
    {
      title: "what is the platform's own",
      good: { parameters: { wal_writer_delay: 100 } },
      bad: { parameters: { wal_level: "logical" } },
      text: `parameters.wal_level
    got: logical
    want: not to be set
    because: files, addresses, archive and durability of the cluster are the platform's own
    fix: remove it`,
    },
  ],
  platformHasTheParameter: [
    {
      title: "a misspelt parameter",
      good: { parameters: { autovacuum_naptime: 30 } },
      bad: { parameters: { autovacuum_nap_time: 30 } },
      text: `parameters.autovacuum_nap_time
    got: autovacuum_nap_time
    want: a parameter that the platform lets be set
    fix: did you mean autovacuum_naptime?`,
    },
    {
      title: "a parameter of PostgreSQL that the platform does not list",
      good: { parameters: { jit: false } },
      bad: { parameters: { effective_io_concurrency: 200 } },
      text: `parameters.effective_io_concurrency
    got: effective_io_concurrency
    want: a parameter that the platform lets be set
    fix: remove it`,
    },
  ],
  valueIsOneLine: [
    {
      title: "a value of two lines",
      good: { parameters: { timezone: "UTC" } },
      bad: { parameters: { timezone: "UTC\nfsync = off" } },
      text: `parameters.timezone
    got: more than one line
    want: one line
    fix: remove the line break`,
    },
  ],
  platformTakesTheValue: [
    {
      title: "a value past the platform's end",
      good: { parameters: { max_wal_senders: 20 } },
      bad: { parameters: { max_wal_senders: 19 } },
      text: `parameters.max_wal_senders
    got: 19
    want: from 20 to 64
    because: the platform takes less than PostgreSQL does
    fix: the nearest value is 20`,
    },
    {
      title: "a value that PostgreSQL itself refuses",
      good: { parameters: { work_mem: "8MB" } },
      bad: { parameters: { work_mem: "8mb" } },
      text: `parameters.work_mem
    got: 8mb
    want: a whole number from 64 to 2147483647, in kB or with a unit of its own
    because: units are case-sensitive
    fix: write MB`,
    },
    {
      title: "a value between two of the platform's units",
      good: { parameters: { work_mem: "4MB" } },
      bad: { parameters: { work_mem: "4500kB" } },
      text: `parameters.work_mem
    got: 4500kB
    want: a multiple of 1024
    because: the platform takes no fractions
    fix: use 4096`,
    },
  ],
  valueIsSent: [
    {
      title: "a zero that the provider drops (trap 32)",
      good: { parameters: { log_min_duration_statement: 1 } },
      bad: { parameters: { log_min_duration_statement: 0 } },
      text: `parameters.log_min_duration_statement
    got: 0
    want: another value than zero, or nothing
    because: the provider takes it for nothing said, and never sends it
    fix: remove it, or set it by hand with \`doctl databases configuration update\``,
    },
    {
      title: "a text that the provider drops",
      good: { parameters: { timezone: "Europe/Berlin" } },
      bad: { parameters: { timezone: "" } },
      text: `parameters.timezone
    got: nothing
    want: another value than zero, or nothing
    because: the provider takes it for nothing said, and never sends it
    fix: remove it, or set it by hand with \`doctl databases configuration update\``,
    },
  ],
  dataHostTakesItsParameters: [
    {
      title: "a parameter of the data host that the topology decides",
      good: { ...DATA_HOST, data: { parameters: { statement_timeout: "1min" } } },
      bad: { ...DATA_HOST, data: { parameters: { archive_mode: false } } },
      text: `data.parameters.archive_mode
    got: false
    want: not to be set here: the topology decides it
    because: backup.enabled
    fix: remove it, and set backup.enabled`,
    },
    {
      title: "a parameter of the data host that PostgreSQL does not have",
      good: { ...DATA_HOST, data: { parameters: { work_mem: "8MB" } } },
      bad: { ...DATA_HOST, data: { parameters: { work_meme: "8MB" } } },
      text: `data.parameters.work_meme
    got: 8MB
    want: a parameter of PostgreSQL 17
    fix: did you mean work_mem?`,
    },
  ],
};

describe("the parameters of a topology on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_PARAMETER_RULES, CASES);
});
