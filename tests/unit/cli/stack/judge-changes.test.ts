// The judgement of `pgt up` without an engine. That nothing was touched is shown in tests/e2e/bad-input.test.ts.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { exportedTopology } from "../../../../cli/stack/exported-topology.ts";
import {
  changesBeyond,
  changesOf,
  changesOfKept,
  judgeChanges,
  unforeseenChanges,
  unforeseenRestarts,
} from "../../../../cli/stack/judge-changes.ts";
import type { Place } from "../../../../cli/stack/place.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import { changesBetween } from "../../../../topology/change.ts";
import type { Permission } from "../../../../topology/permission.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedTopology } from "../../../../topology/resolved.ts";
import type { SpecOf } from "../../../../topology/spec.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const place: Place = {
  stack: "local",
  local: true,
  stateDir: "/state",
  workDir: "/state/stacks",
  sourceFile: "/clone/Pulumi.local.yaml",
  configFile: "/state/stacks/Pulumi.local.yaml",
  backendUrl: undefined,
  passphraseFile: undefined,
};
const docker = (wish: Omit<SpecOf<"docker">, "target"> = {}) => resolveTopology({ target: "docker", ...wish }, "local");
const permission = (id: string, expires = "2026-11-28"): Permission => ({ id, reason: "r", owner: "o", expires });
const RENAMED = changesBetween(docker(), docker({ database: "shop" }));

function judge(changes = RENAMED, permissions: readonly Permission[] = []): readonly string[] {
  return judgeChanges(changes, { place, permissions, now: NOW });
}

function refusal(permissions: readonly Permission[], changes = RENAMED): PgtError {
  try {
    judge(changes, permissions);
  } catch (error) {
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.usage);
    return error;
  }
  throw new Error("it was let through");
}

describe("judgeChanges", () => {
  it("tells each change in a line", () => {
    assert.deepEqual(judge(changesBetween(docker(), docker({ size: { cpus: 2 } }))), [
      "change: restart: size.cpus: 1 → 2: every server restarts with the other number of processors",
    ]);
    assert.deepEqual(judge([]), []);
  });

  it("refuses with what happens, where permissions go, and another way", () => {
    const { message, fix } = refusal([]);
    assert.match(
      message,
      /^1 change or permission is refused; nothing was changed:\n {2}database\n {4}got: app → shop/,
    );
    assert.deepEqual(fix, [
      "Permissions are a list below pgtopology:permissions in /clone/Pulumi.local.yaml.",
      "Another stack, as --stack local-<name>, leaves the data of this one alone.",
    ]);
  });

  it("lets through what is permitted", () => {
    assert.match(judge(RENAMED, [permission("change/database")])[0] ?? "", /^change: replace: database: app → shop: /);
  });

  it("only advises to remove a permission that nothing needs: the next run after a change has one", () => {
    assert.deepEqual(judge([], [permission("change/database")]), [
      "advice: the permission change/database is not needed; remove it",
    ]);
  });

  it("refuses permissions that are unknown, or whose day has passed", () => {
    const { message } = refusal([permission("change/databse"), permission("change/address", "2026-11-20")], []);
    assert.match(message, /^2 changes or permissions are refused/);
    assert.match(message, /change\/databse\n {4}got: an unknown id/);
    assert.match(message, /change\/address\n {4}got: expired on 2026-11-20/);
  });

  it("tells of an expired permission once where its change is refused", () => {
    const { message } = refusal([permission("change/database", "2026-11-20")]);
    assert.match(message, /^1 change or permission is refused/);
    assert.match(message, /the permission of o expired on 2026-11-20/);
  });
});

describe("changesOfKept", () => {
  it("are those that lose data of the volumes that were left", () => {
    const wish = docker({ database: "shop", size: { cpus: 2 }, ports: { address: "0.0.0.0" } });
    assert.deepEqual(
      changesOfKept({ target: "docker" }, wish).map(({ path }) => path),
      ["database"],
    );
    assert.deepEqual(changesOfKept(undefined, wish), []);
  });
});

describe("unforeseenChanges", () => {
  const gcp = (wish: Omit<SpecOf<"gcp">, "target" | "region"> = {}) =>
    resolveTopology({ target: "gcp", region: "europe-west1", ...wish }, "prod");
  const planned = (operation: string, part = "primary") => ({
    before: gcp(),
    changes: [
      { operation, name: `pgtopology-prod-${part}`, type: "gcp:sql/databaseInstance:DatabaseInstance", properties: [] },
    ],
  });
  const idsOf = (plan: Parameters<typeof unforeseenChanges>[0], changes = changesBetween(gcp(), gcp())) =>
    unforeseenChanges(plan, changes, { topology: gcp() }).map(({ id }) => id);

  for (const operation of ["create", "replace", "delete"]) {
    it(`refuse a primary that the engine plans to ${operation}, although no field of the wish asks for it`, () => {
      const changes = unforeseenChanges(planned(operation), [], { topology: gcp() });
      assert.match(
        refusal([], [...changes]).message,
        /primary\n {4}got: pgtopology-prod-primary → a new one \(data loss\)/,
      );
      assert.equal(judge([...changes], [permission("change/primary")]).length, 1);
    });
  }

  it("are none where the primary is changed in place, or made for the first time", () => {
    assert.deepEqual(idsOf(planned("update")), []);
    assert.deepEqual(idsOf({ ...planned("create"), before: undefined }), []);
  });

  it("are none where a replica is made, or a field tells of the loss already", () => {
    assert.deepEqual(idsOf(planned("create", "replica-reports")), []);
    assert.deepEqual(idsOf(planned("replace"), changesBetween(gcp(), gcp({ database: "shop" }))), []);
  });
});

describe("changesBeyond", () => {
  const volume = {
    urn: "urn:pulumi:local::pgtopology::docker:index/volume:Volume::data",
    type: "docker:index/volume:Volume",
    name: "data",
    operation: "delete",
    label: "data loss",
    exposure: false,
    what: "the volume is removed with what it holds",
    source: { file: "preview/tables/docker.ts" },
    unknown: false,
    drifted: false,
  } as const;
  const plan = (...changes: Parameters<typeof changesBeyond>[0]["labelled"]["changes"]) => ({
    labelled: { changes, leftAlone: [] },
  });
  const id = "plan/docker:index/volume:Volume/data/data-loss";

  it("are refused with the id of what permits them, and let through by it", () => {
    const changes = changesBeyond(plan(volume), []);
    const { message } = refusal([], [...changes]);
    assert.match(
      message,
      /^1 change or permission is refused; nothing was changed:\n {2}data\n {4}got: as it is → delete \(data loss\)/,
    );
    assert.ok(message.includes(`- id: ${id}`));
    assert.equal(judge([...changes], [permission(id)]).length, 1);
  });

  it("are none where the wish says as much, where nothing is lost, and where only more can reach it", () => {
    const lost = RENAMED.map((one) => ({ ...one, label: "data loss" as const }));
    assert.deepEqual(changesBeyond(plan(volume), lost), []);
    assert.deepEqual(changesBeyond(plan({ ...volume, label: "rebuild" }), []), []);
    assert.deepEqual(changesBeyond(plan({ ...volume, label: "none", exposure: true }), []), []);
  });

  it("have ids that are known also where nothing needs them any more", () => {
    assert.deepEqual(judge([], [permission(id)]), [`advice: the permission ${id} is not needed; remove it`]);
  });
});

describe("exportedTopology", () => {
  const event = (type: string, topology: unknown) => ({
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: {
      metadata: {
        op: "same" as const,
        urn: "u",
        type,
        provider: "",
        old: { type, urn: "u", id: "", parent: "", inputs: {}, outputs: { topology }, provider: "" },
      },
    },
  });

  it("is what the stack's own event has as its old output", () => {
    const topology = docker();
    assert.deepEqual(exportedTopology(event("pulumi:pulumi:Stack", topology)), topology);
    assert.equal(exportedTopology(event("docker:index/volume:Volume", topology)), undefined);
    assert.equal(exportedTopology({ sequence: 1, timestamp: 1 }), undefined);
  });

  it("is none where an earlier version has exported something else", () => {
    for (const other of [undefined, null, "docker", { target: "docker", writer: {} }, { ...docker(), target: "aws" }]) {
      assert.equal(exportedTopology(event("pulumi:pulumi:Stack", other)), undefined);
    }
  });
});

describe("unforeseenRestarts", () => {
  const split = docker({ replicas: { a: {} }, data: {} });
  const replaced = (...names: string[]) => ({
    changes: names.map((name) => ({
      operation: "replace",
      name,
      type: "docker:index/container:Container",
      properties: ["image"],
    })),
  });
  const everything = replaced(
    "pgtopology-local-primary",
    "pgtopology-local-replica-a",
    "pgtopology-local-scheduler",
    "pgtopology-local_data-pooler",
  );

  it("tell of servers and poolers that the engine makes anew, although no field asks for a restart", () => {
    const changes = unforeseenRestarts(everything, changesBetween(split, split), split);
    assert.deepEqual(judge([...changes]), [
      "change: restart: containers: primary, replica-a, data-pooler → new ones: they restart on the volumes that are there: their image, passwords, certificates or files are other ones now",
    ]);
  });

  it("are none where a field has asked for it, and where only the scheduler is another one", () => {
    const restart = changesBetween(split, docker({ replicas: { a: {} }, data: {}, size: { cpus: 2 } }));
    assert.deepEqual(unforeseenRestarts(everything, restart, split), []);
    assert.deepEqual(unforeseenRestarts(replaced("pgtopology-local-scheduler"), [], split), []);
    const created = { changes: everything.changes.map((change) => ({ ...change, operation: "create" })) };
    assert.deepEqual(unforeseenRestarts(created, [], split), []);
  });
});

describe("changesOf", () => {
  const gcp = (database = "app") => resolveTopology({ target: "gcp", region: "europe-west1", database }, "prod");
  const planned = (name: string, type: string) => ({ name, type, operation: "replace", properties: [] });
  const changes = [
    planned("pgtopology-prod-primary", "gcp:sql/databaseInstance:DatabaseInstance"),
    planned("pgtopology-local-primary", "docker:index/container:Container"),
  ];
  const pathsOf = (before: ResolvedTopology | undefined, topology: ResolvedTopology) =>
    changesOf({ before, changes }, { place, configuration: {}, permissions: [], topology }).map(({ path }) => path);

  it("are the wish's own, and what the engine makes anew unasked on that target", () => {
    assert.deepEqual(pathsOf(docker(), docker({ parameters: { work_mem: "8MB" } })), ["parameters.work_mem"]);
    assert.deepEqual(pathsOf(docker(), docker()), ["containers"]);
    assert.deepEqual(pathsOf(gcp(), gcp()), ["primary"]);
    assert.equal(pathsOf(gcp(), gcp("shop")).includes("primary"), false);
    assert.deepEqual(pathsOf(undefined, gcp()), []);
  });
});
