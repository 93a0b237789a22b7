import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { container } from "./good-container.ts";

/** Somebody else's server, of which the command line tells a little. */
function server(name: string, change: object = {}) {
  const volumes = [{ containerPath: "/var/lib/postgresql/data", volumeName: name }];
  return container({ image: "postgres:17", envs: [], volumes, ...change }, name);
}

const fsync = (value: string) => ({ command: ["postgres", "-c", `fsync=${value}`] });
const method = (value: string) => ({ envs: [`POSTGRES_HOST_AUTH_METHOD=${value}`] });

/** Several databases in one stack, without a label of this project: each is judged by itself. */
export const CASES: readonly PlanCase[] = [
  {
    id: "settings/fsync",
    good: [server("orders", fsync("on")), server("users", fsync("on"))],
    bad: [
      {
        why: "of the second of two",
        resources: [server("orders", fsync("on")), server("users", fsync("off"))],
        says: /^users: got fsync off, want on/,
        at: "users",
      },
    ],
    unknown: [server("orders", fsync("on")), server("users", { command: [UNKNOWN_TEXT] })],
  },
  {
    id: "access/network-authentication",
    good: [server("orders", method("scram-sha-256"))],
    bad: [
      {
        why: "of the second of two",
        resources: [server("orders", method("scram-sha-256")), server("users", method("trust"))],
        says: /^users: pg_hba\.conf: .* got: trust/,
        at: "users",
      },
    ],
    unknown: [server("orders", method("scram-sha-256")), server("users")],
  },
  {
    id: "protection/own-volumes",
    good: [server("orders"), server("users")],
    bad: [
      {
        why: "one for two databases",
        resources: [
          server("orders"),
          server("users", { volumes: [{ containerPath: "/var/lib/postgresql", volumeName: "orders" }] }),
        ],
        says: /^users: want one server a volume, got more in: orders/,
        at: "users",
      },
    ],
  },
];
