// That the cloud takes the names is not proven here: some of their lengths are not even confirmed.
import { describe } from "mocha";
import { DIGITALOCEAN_NAME_RULES } from "../../../../topology/validate/digitalocean-names.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_NAME_RULES, readonly DigitalOceanCase[]> = {
  stackIsAName: [
    {
      title: "a stack whose name can't be a host's",
      good: {},
      bad: {},
      stack: "Split_1",
      text: `stack
    got: Split_1
    want: lower-case letters, digits and hyphens, a letter first and no hyphen last
    because: everything in the cloud is named after it
    fix: choose another name for the stack, such as prod`,
    },
  ],
  replicaHasItsOwnName: [
    {
      title: "a replica that is called as the data host is",
      good: { replicas: { date: {} } },
      bad: { replicas: { data: {} } },
      text: `replicas.data
    got: data
    want: a name of its own
    because: data is another part of the topology
    fix: choose another name, such as reports`,
    },
  ],
  serversFit: [
    {
      title: "a stack's name that leaves no room for the cluster's",
      good: {},
      bad: {},
      stack: "s".repeat(51),
      text: `stack
    got: a name of 51 characters
    want: at most 50 characters
    because: its server is named ${"s".repeat(51)}-primary-…, in at most 63
    fix: choose a shorter name`,
    },
    {
      title: "a replica's name that is too long",
      good: { replicas: { ["r".repeat(45)]: {} } },
      bad: { replicas: { ["r".repeat(46)]: {} } },
      text: `replicas.${"r".repeat(46)}
    got: a name of 46 characters
    want: at most 45 characters
    because: its server is named prod-replica-${"r".repeat(46)}-…, in at most 63
    fix: choose a shorter name`,
    },
  ],
  databaseHasItsOwnName: [
    {
      title: "a database that every cluster has",
      good: { database: "mydb" },
      bad: { database: "defaultdb" },
      text: `database
    got: defaultdb
    want: a name of the application's own
    because: every cluster has one of that name
    fix: choose another name, such as app`,
    },
    {
      title: "a role that every cluster has",
      good: { database: "doadmins" },
      bad: { database: "doadmin" },
      text: `database
    got: doadmin
    want: a name of the application's own
    because: every cluster has one of that name
    fix: choose another name, such as app`,
    },
  ],
  databasesHaveNamesOfTheirOwn: [
    {
      title: "a data database that is taken",
      good: { ...DATA_HOST, data: { database: "facts" } },
      bad: { ...DATA_HOST, data: { database: "postgres" } },
      text: `data.database
    got: postgres
    want: a name of the application's own
    because: that name is taken by PostgreSQL, PgBouncer or a role of the topology
    fix: choose another name, such as app`,
    },
    {
      title: "two databases of one name",
      good: { ...DATA_HOST, database: "shop" },
      bad: { ...DATA_HOST, database: "data" },
      text: `data.database
    got: data
    want: a name from which no role of data is made
    because: both databases would have data_owner, data, data_readonly: a line for one could be taken for the other's
    fix: choose another name, such as data`,
    },
  ],
};

describe("the names of a topology on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_NAME_RULES, CASES);
});
