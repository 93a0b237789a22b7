// What is made of answers to logins; the answers are made up. tests/e2e/split.test.ts tries real ones.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readTakenElsewhere } from "../../../../facts/from-live/isolation.ts";
import type { LiveAccess, LiveSession, Login } from "../../../../facts/from-live/live-access.ts";
import { Missing } from "../../../../requirements/known.ts";
import { ROLE_KEYS } from "../../../../topology/names.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { SpecOf } from "../../../../topology/spec.ts";

const WRONG_PASSWORD = { code: "28P01", message: "password authentication failed" };
const NO_USER = { code: "08P01", message: "no such user" };
const SESSION = { end: () => Promise.resolve() } as LiveSession;

/** Reads it of the first database; `answer` is the other one's, and `undefined` lets in. */
async function taken(answer: (login: Login) => object | undefined, spec: Partial<SpecOf<"docker">> = { data: {} }) {
  const topology = resolveTopology({ target: "docker", ...spec }, "unit");
  const logins: Login[] = [];
  const connect = (login: Login): Promise<LiveSession> => {
    logins.push(login);
    const error = answer(login);
    return error === undefined ? Promise.resolve(SESSION) : Promise.reject(Object.assign(new Error(), error));
  };
  const access = {
    topology,
    secrets: { passwords: Object.fromEntries(ROLE_KEYS.map((role) => [role, `of ${role}`])) },
    signal: new AbortController().signal,
    other: topology.data && { topology: topology.data, connect },
  } as unknown as LiveAccess;
  return { found: await readTakenElsewhere({ access, conditions: new Map() }), logins };
}

const refuse = ({ part }: Login): object => (part === "pooler" ? NO_USER : WRONG_PASSWORD);

describe("logins to the other database", () => {
  it("are tried with every role's own name and password, on its server and through its pooler", async () => {
    const { found, logins } = await taken(refuse);
    assert.deepEqual(found, []);
    assert.deepEqual(
      logins.map(({ part, user, password }) => `${user ?? ""}, ${password ?? ""}, ${part}`),
      [
        "postgres, of administrator, primary",
        "app_owner, of owner, primary",
        "app, of readWrite, primary",
        "app, of readWrite, pooler",
        "app_readonly, of readOnly, primary",
        "app_readonly, of readOnly, pooler",
        "monitor, of monitoring, primary",
        "pooler, of pooler, primary",
      ],
    );
  });

  it("leave a pooler out that is not there", async () => {
    const { logins } = await taken(refuse, { data: {}, pooling: { enabled: false } });
    assert.deepEqual(
      logins.filter(({ part }) => part === "pooler"),
      [],
    );
  });

  it("are taken when one is let in, or is told of privileges after its password was taken", async () => {
    const letIn = await taken((login) => (login.user === "monitor" ? undefined : refuse(login)));
    assert.deepEqual(letIn.found, ["monitor at primary of data"]);
    const denied = { code: "42501", message: "permission denied for database" };
    const told = await taken((login) => (login.user === "app" && login.part === "primary" ? denied : refuse(login)));
    assert.deepEqual(told.found, ["app at primary of data"]);
  });

  it("say nothing of a database that does not run, which containers/healthy names there", async () => {
    const { found } = await taken(() => ({ code: "ECONNREFUSED", message: "connect ECONNREFUSED" }));
    assert.deepEqual(found, new Missing("not-applicable", "database data is not running"));
  });

  it("are unknown when something else stops them", async () => {
    const { found } = await taken(() => ({ code: "53300", message: "too many clients already" }));
    assert.ok(found instanceof Missing && found.status === "unknown" && found.reason.includes("too many clients"));
  });

  it("have no meaning in a stack with one database", async () => {
    const { found, logins } = await taken(refuse, {});
    assert.ok(found instanceof Missing && found.status === "not-applicable");
    assert.deepEqual(logins, []);
  });
});
