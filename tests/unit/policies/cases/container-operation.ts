import { DIGITALOCEAN_TYPES } from "../../../../facts/from-plan/digitalocean.ts";
import type { PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";
import { ofContainer } from "./container-sides.ts";
import { container } from "./good-container.ts";

const DIGEST = `sha256:${"0b".repeat(32)}`;

const uploads = [{ file: "/run/secrets/password", content: "p" }];

/** What keeps a container running, and what it is. */
export const CASES: readonly PlanCase[] = [
  ofContainer(
    "containers/image-pinned",
    [
      ["a tag", { image: "postgres:17" }, /^db: got a tag, want an id or digest/],
      ["nothing but a name", { image: "postgres" }, /got a tag/],
    ],
    { good: { image: `postgres:17@${DIGEST}` }, unknown: { image: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/health-check",
    [
      ["none", { healthcheck: undefined }, /^db: got no health check, want one/],
      ["one that is switched off", { healthcheck: { tests: ["NONE"] } }, /got no health check/],
    ],
    { unknown: { healthcheck: { tests: [UNKNOWN_TEXT] } } },
  ),
  ofContainer(
    "containers/restarts",
    [
      ["not set", { restart: undefined }, /^db: got restart no, want unless-stopped/],
      ["on a failure only", { restart: "on-failure", maxRetryCount: 5 }, /got restart on-failure/],
    ],
    { good: { restart: "always" }, unknown: { restart: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/memory-limit",
    [["not set", { memory: undefined, shmSize: 256 }, /^db: got no memory limit, want one/]],
    { good: { memory: "512" }, unknown: { memory: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/cpu-limit",
    [
      ["not set", { cpus: undefined }, /^db: got no bound of the processors, want one/],
      ["zero", { cpus: "0", cpuShares: 0 }, /got no bound/],
    ],
    { good: { cpus: undefined, cpuShares: 512 }, unknown: { cpus: UNKNOWN_TEXT, cpuShares: undefined } },
  ),
  ofContainer(
    "containers/log-limit",
    [
      ["a file that grows", { logDriver: "json-file" }, /^db: got a log without limit, want one/],
      ["the journal", { logDriver: "journald" }, /got a log without limit/],
    ],
    {
      good: { logDriver: "json-file", logOpts: { "max-size": "20m" } },
      unknown: { logDriver: undefined, logOpts: undefined },
    },
  ),
  ofContainer(
    "containers/not-root",
    [
      ["by name", { user: "root" }, /^db: got user root, want another than root/],
      ["by number", { user: "0:0" }, /got user 0:0/],
    ],
    { good: { user: "999:999" }, unknown: { user: undefined } },
  ),
  ofContainer(
    "containers/no-secret-in-environment",
    [
      [
        "a password",
        { envs: ["POSTGRES_PASSWORD=x"] },
        /^db: want no secret in the environment, got one in: POSTGRES_PASSWORD/,
      ],
      ["a URL with one", { envs: ["SOURCE=postgres://u:p@h/d"] }, /got one in: SOURCE/],
      ["a private key", { envs: ["CERT=-----BEGIN RSA PRIVATE KEY-----"] }, /got one in: CERT/],
      ["beside one that is not known yet", { envs: ["API_TOKEN=x", UNKNOWN_TEXT] }, /got one in: API_TOKEN/],
    ],
    {
      good: { envs: ["PGDATA=/var/lib/postgresql/data", "POSTGRES_PASSWORD_FILE=/run/secrets/password"], uploads },
      unknown: { envs: [UNKNOWN_TEXT] },
    },
  ),
  ofContainer(
    "containers/own-network",
    [
      ["none", { networksAdvanced: undefined }, /^db: got the networks \[bridge\], want one of its own/],
      ["Docker's own, by name", { networksAdvanced: [{ name: "bridge" }] }, /got the networks \[bridge\]/],
    ],
    { unknown: { networksAdvanced: [{ name: UNKNOWN_TEXT }] } },
  ),
  ofContainer(
    "containers/shared-memory",
    [
      ["not set", { shmSize: undefined }, /^db: got 64 MiB, want 128 MiB or more/],
      ["less than a large server needs", { memory: 8192 }, /got 128 MiB, want 256 MiB/],
      [
        "not set, without a limit of memory",
        { shmSize: undefined, memory: 0 },
        /want 256/,
        ["containers/memory-limit"],
      ],
    ],
    { unknown: { shmSize: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/read-only-root",
    [["not set", { readOnly: undefined }, /^db: got a file system that it can write to, want readOnly/]],
    { good: { readOnly: true }, unknown: { readOnly: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/resource-limits",
    [
      ["none", { ulimits: undefined }, /^db: want a limit of nofile, got \[\]/],
      ["of something else", { ulimits: [{ name: "nproc", soft: 9, hard: 9 }] }, /got \[nproc\]/],
    ],
    { good: { ulimits: [{ name: "nofile", soft: 65536, hard: 65536 }] }, unknown: { ulimits: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/profile-named",
    [
      ["none", { securityOpts: ["no-new-privileges"] }, /^db: want a profile or a label, got \[no-new-privileges\]/],
      [
        "switched off",
        { securityOpts: ["no-new-privileges", "apparmor=unconfined"] },
        /got \[no-new-privileges, apparmor=unconfined\]/,
        ["containers/confined"],
      ],
    ],
    {
      good: { securityOpts: ["no-new-privileges", "apparmor=docker-default"] },
      unknown: { securityOpts: UNKNOWN_TEXT },
    },
  ),
  ofContainer(
    "containers/own-control-group",
    [["another", { cgroupParent: "/machine" }, /^db: got the control group \/machine, want Docker's own/]],
    { unknown: { cgroupParent: UNKNOWN_TEXT } },
  ),
  {
    id: "containers/major-as-managed",
    good: [container({ image: "postgres:17.2-alpine" }), cluster("17")],
    bad: [
      {
        why: "an older image",
        resources: [container({ image: "postgres:16" }), cluster("17")],
        says: /^db: got PostgreSQL 16, want 17/,
      },
      {
        why: "a newer image, of another registry",
        resources: [container({ image: "registry.example.com:5000/library/postgis:18-3.6" }), cluster("17")],
        says: /^db: got PostgreSQL 18, want 17/,
      },
    ],
    unknown: [container({ image: UNKNOWN_TEXT }), cluster("17")],
  },
];

function cluster(version: string): SentResource {
  const props = { engine: "pg", version, size: "db-s-2vcpu-4gb", nodeCount: 2, region: "nyc3" };
  return { type: DIGITALOCEAN_TYPES.cluster, name: "cluster", props };
}
