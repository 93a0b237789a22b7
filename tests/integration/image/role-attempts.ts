import type { RoleKey } from "../../../topology/names.ts";

/** What a role tries in the application's database, in its order. */
export interface RoleAttempts {
  readonly role: RoleKey;
  readonly can: readonly string[];
  readonly cannot: readonly string[];
}

/** On the tables of roles.test.ts's migration. */
export const ATTEMPTS: readonly RoleAttempts[] = [
  {
    role: "owner",
    can: [
      "CREATE TABLE later (id int)",
      "INSERT INTO later VALUES (1)",
      "DROP TABLE later",
      "CREATE SCHEMA later",
      "DROP SCHEMA later",
    ],
    cannot: [
      "CREATE ROLE intruder",
      "CREATE DATABASE intruder",
      "SELECT * FROM pg_catalog.pg_authid",
      "SELECT * FROM pgbouncer.user_lookup('app')",
      "SET ROLE postgres",
      "COPY orders TO '/tmp/orders'",
    ],
  },
  {
    role: "readWrite",
    can: [
      "INSERT INTO orders (note) VALUES ('first')",
      "UPDATE orders SET note = 'second'",
      "INSERT INTO sales.totals (total) VALUES (1)",
      "SELECT nextval('numbers'), setval('numbers', 7), sales.add(1, 2)",
      "SELECT * FROM sales.all_orders",
      "DELETE FROM sales.totals",
    ],
    cannot: [
      "CREATE TABLE mine (id int)",
      "CREATE TEMPORARY TABLE mine (id int)",
      "CREATE SCHEMA mine",
      "DROP TABLE orders",
      "ALTER TABLE orders ADD COLUMN more int",
      "TRUNCATE orders",
      "SET ROLE app_owner",
      "CREATE ROLE intruder",
      "SELECT * FROM pg_catalog.pg_authid",
      "SELECT * FROM pgbouncer.user_lookup('app')",
    ],
  },
  {
    role: "readOnly",
    can: ["SELECT * FROM orders", "SELECT last_value FROM numbers", "SELECT sales.add(1, 2) FROM sales.all_orders"],
    cannot: [
      "INSERT INTO orders (note) VALUES ('first')",
      "SET default_transaction_read_only = off; INSERT INTO orders (note) VALUES ('first')",
      "UPDATE orders SET note = ''",
      "SELECT nextval('numbers')",
      "CREATE TABLE mine (id int)",
      "SELECT * FROM pgbouncer.user_lookup('app')",
    ],
  },
  {
    role: "monitoring",
    can: [
      "SELECT count(*) FROM pg_stat_statements",
      "SELECT query FROM pg_stat_activity WHERE usename = 'postgres'",
      "SELECT * FROM pg_stat_replication",
    ],
    cannot: ["SELECT * FROM orders", "SELECT * FROM sales.totals", "SELECT * FROM pgbouncer.user_lookup('app')"],
  },
  {
    role: "pooler",
    can: ["SELECT * FROM pgbouncer.user_lookup('app')"],
    cannot: [
      "SELECT * FROM public.orders",
      "SELECT * FROM pg_catalog.pg_authid",
      "CREATE TABLE pgbouncer.mine (id int)",
    ],
  },
];
