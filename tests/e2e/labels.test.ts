// What `pgt up` says that a change does, against what it does: one stack is changed step by step, and servers, poolers,
// sessions, rows and volumes are looked at before and after. What is seen makes a label of its own, which must be the one
// that was said. Not seen here: a failover and a reload, which no edit on Docker is; exposure, which is judged by the
// wish alone; the rows of WAL and backups that a shorter retention removes in time. That every other field makes anew what
// its label says is shown by what is rendered, in tests/unit/topology/change/docker-containers.test.ts.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { PERMISSIONS_KEY, POLICIES_KEY } from "../../config/keys.ts";
import { changesBetween } from "../../topology/change.ts";
import { type ChangeLabel, worst } from "../../topology/change-label.ts";
import type { Permission } from "../../topology/permission.ts";
import { needsPermission } from "../../topology/refuse-change.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import { databasesOf, type ResolvedDocker } from "../../topology/resolved-docker.ts";
import { SECRET_KEYS } from "../../topology/secrets.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import { cloneWithAnotherImage, type OtherClone } from "../support/another-image.ts";
import { freePorts } from "../support/free-ports.ts";
import { observedLabel, type RowsAt, type SeenChange } from "../support/observed-change.ts";
import { type Ended, ended, TestStack } from "../support/test-stack.ts";
import { closeSessions, type Told, WatchedStack } from "../support/watched-stack.ts";

/** One change of the stack. */
interface Step {
  readonly title: string;
  /** Of the wish; ports that it names are taken from the given ones, which are free. */
  readonly edit?: (wish: TopologySpec, ports: readonly number[]) => TopologySpec;
  /** A role that gets another password. */
  readonly password?: Parameters<typeof SECRET_KEYS.password>[0];
  /** Done by a clone with another image. */
  readonly byAnother?: boolean;
}

/** A stack without backups is refused otherwise, whatever is permitted. */
const POLICIES = { levels: { "backup/enabled": "advisory" } };

const STEPS: readonly Step[] = [
  { title: "nothing" },
  { title: "the hour of backups", edit: (wish) => ({ ...wish, backup: { schedule: "04:00" } }) },
  { title: "the application's own pool", edit: (wish) => ({ ...wish, application: { poolSize: 5 } }) },
  { title: "another password of the application", password: "readWrite" },
  {
    title: "a parameter that PostgreSQL could reload",
    edit: (wish) => ({ ...wish, parameters: { work_mem: "8MB" } }),
  },
  {
    title: "a parameter that takes a restart",
    edit: (wish) => ({ ...wish, parameters: { work_mem: "8MB", max_connections: 90 } }),
  },
  { title: "the first replica", edit: (wish, [port]) => ({ ...wish, replicas: { a: { port } } }) },
  { title: "a second replica", edit: (wish, [port]) => ({ ...wish, replicas: { ...wish.replicas, b: { port } } }) },
  { title: "a replica less", edit: withoutReplica },
  {
    title: "the pooler's port and a pool's size",
    edit: (wish, [pooler]) => ({ ...wish, ports: { ...wish.ports, pooler }, pooling: { writerPoolSize: 10 } }),
  },
  { title: "another password of the pooler", password: "pooler" },
  // The pooler is another one by now: that of before would have known the address, should the replica be given it again.
  {
    title: "the same replica again",
    edit: (wish, [port]) => ({ ...wish, replicas: { ...wish.replicas, b: { port } } }),
  },
  { title: "the primary's port", edit: (wish, [primary]) => ({ ...wish, ports: { ...wish.ports, primary } }) },
  { title: "more memory", edit: (wish) => ({ ...wish, size: { memoryGiB: 0.375, cpus: 1 } }) },
  { title: "an older TLS", edit: (wish) => ({ ...wish, tls: { minProtocolVersion: "TLSv1.2" } }) },
  { title: "another image", byAnother: true },
  { title: "the old image again" },
  { title: "no pooler", edit: (wish) => ({ ...wish, pooling: { enabled: false } }) },
  { title: "a pooler", edit: ({ pooling: _, ...wish }) => wish },
  {
    title: "a data database",
    edit: (wish, [primary, pooler]) => ({ ...wish, data: { ports: { primary, pooler } } }),
  },
  { title: "no data database", edit: ({ data: _, ...wish }) => wish },
  { title: "data that is not kept", edit: (wish) => ({ ...wish, protection: { keepData: false } }) },
  { title: "a replica less, and its volume", edit: withoutReplica },
  { title: "no backups", edit: (wish) => ({ ...wish, backup: { enabled: false } }) },
  { title: "another database", edit: (wish) => ({ ...wish, database: "shop" }) },
];

describe("the label of a change is what the change does", function () {
  // A step may have to put the stack back into order first, on a machine that is busy with other suites.
  this.timeout(10 * 60_000);

  let stack: TestStack;
  let watched: WatchedStack;
  let otherClone: OtherClone | undefined;
  /** What the last step that ended well has left: another step begins with it. */
  let wish: TopologySpec;
  /** When the data of each server that was ever there was last copied, by container. */
  const copies = new Map<string, string>();
  /** What an application is told then; `undefined` when the stack has to be put in order first. */
  let told: Told | undefined;

  before(async () => {
    stack = await TestStack.create({ size: { memoryGiB: 0.25, cpus: 1 }, replicas: {} });
    watched = new WatchedStack(stack);
    wish = stack.spec;
  });

  after(async () => {
    await stack.remove();
    await otherClone?.remove();
  });

  for (const step of STEPS) {
    it(step.title, async () => {
      told ??= await putInOrder();
      const toldBefore = told;
      told = undefined;
      const next = step.edit?.(wish, await freePorts(2)) ?? wish;
      const [old, planned] = [resolved(wish), resolved(next)];
      const row = `${step.title} ${randomBytes(4).toString("hex")}`;

      await watched.settle();
      const databases = await watched.plant(toldBefore, row);
      const before = await watched.see();
      const sessions = await watched.open(toldBefore);
      let lostSessions: string[];
      let up: Ended;
      try {
        if (step.password !== undefined) await changePassword(SECRET_KEYS.password(step.password));
        up = await apply(next, step);
        await watched.settle();
      } finally {
        lostSessions = await closeSessions(sessions);
      }
      const toldNow = await watched.told();
      const rows: Record<string, RowsAt> = {};
      for (const { prefix, topology } of databasesOf(old)) {
        const key = prefix === "" ? "app" : "data";
        rows[key] = await watched.find(toldNow, row, { key, name: topology.database });
      }
      assert.deepEqual(Object.keys(rows), databases);

      const said = labelSaid(up, old, planned);
      const seen = { before, after: await watched.see(), rows, lostSessions };
      const observed = observedLabel(seen);
      assert.equal(observed, said, `said: ${said}, seen: ${observed}\n${up.err}\n${JSON.stringify(seen, null, 2)}`);
      goOnFromTheirVolumes(seen);
      console.log(`      ${observed}`);
      wish = next;
      told = toldNow;
    });
  }

  /** A replica that comes back finds its volume, which was kept. */
  function goOnFromTheirVolumes({ before, after }: SeenChange): void {
    for (const [name, { copy }] of [...Object.entries(before.servers), ...Object.entries(after.servers)]) {
      const earlier = copies.get(name);
      if (before.servers[name] === undefined && earlier !== undefined) assert.equal(copy, earlier, name);
      copies.set(name, copy);
    }
  }

  /** What an `up` has told: what the table says of the topology, or worse where the topology does not say it all. */
  function labelSaid({ err }: Ended, old: ResolvedDocker, next: ResolvedDocker): ChangeLabel {
    const told = [...err.matchAll(/^change: ([a-z ]+)(?:, exposure)?: /gm)].map(([, label]) => label as ChangeLabel);
    const table = changesBetween(old, next).map(({ label }) => label);
    assert.equal(worst([...told, ...table]), worst(told), `the table says ${worst(table)}, and up has told:\n${err}`);
    return worst(told);
  }

  /** `up` with another wish, with the permissions that its refusal asks for. */
  async function apply(next: TopologySpec, step?: Step): Promise<Ended> {
    const root = step?.byAnother === true ? (otherClone ??= await cloneWithAnotherImage()).root : undefined;
    await stack.write(next, { [POLICIES_KEY]: POLICIES });
    const first = await stack.run(["up", "--no-verify"], {}, root);
    const permissions = permissionsIn(first.err);
    const isRefused = first.code === 2 && permissions.length > 0;
    if (step) assert.equal(isRefused, changesBetween(resolved(wish), resolved(next)).some(needsPermission), first.err);
    if (isRefused) await stack.write(next, { [POLICIES_KEY]: POLICIES, [PERMISSIONS_KEY]: permissions });
    const up = isRefused ? await stack.run(["up", "--no-verify"], {}, root) : first;
    assert.equal(up.code, 0, up.err);
    return up;
  }

  /** Back to what the last step that ended well has left, whatever one that failed has done. */
  async function putInOrder(): Promise<Told> {
    try {
      await apply(wish);
    } catch (error) {
      console.log(`      once more: ${String(error)}`);
      // A port may be taken.
      wish = await withOtherPorts(wish);
      await apply(wish);
    }
    await watched.settle();
    return watched.told();
  }

  /** As a person does it who has the CLI: no command of ours makes a role's password anew. */
  async function changePassword(key: string): Promise<void> {
    const all = await stack.run(["pulumi", "--", "config", "get", "pgtopology:secrets"]);
    assert.equal(all.code, 0, all.err);
    const secrets = { ...(JSON.parse(all.out) as Record<string, string>), [key]: randomBytes(16).toString("hex") };
    const child = stack.start(["pulumi", "--", "config", "set", "--secret", "pgtopology:secrets"]);
    child.stdin?.write(JSON.stringify(secrets));
    const { code, err } = await ended(child);
    assert.equal(code, 0, err);
  }

  function resolved(spec: TopologySpec): ResolvedDocker {
    return resolveTopology(spec, stack.name) as ResolvedDocker;
  }
});

function withoutReplica(wish: TopologySpec): TopologySpec {
  const { b: _, ...replicas } = wish.replicas ?? {};
  return { ...wish, replicas };
}

/** The permissions that a refusal prints, with their blanks filled. */
function permissionsIn(refusal: string): Permission[] {
  return [...refusal.matchAll(/- id: (\S+)\n\s+reason: .*\n\s+owner: .*\n\s+expires: "(\S+)"/g)].map(
    ([, id = "", expires = ""]) => ({ id, reason: "it is watched", owner: "the test of labels", expires }),
  );
}

/** The same wish on ports that are free now. */
async function withOtherPorts(wish: TopologySpec): Promise<TopologySpec> {
  const keys = Object.keys(wish.replicas ?? {});
  const [primary, pooler, dataPrimary, dataPooler, ...rest] = await freePorts(4 + keys.length);
  const replicas = Object.fromEntries(keys.map((key, index) => [key, { port: rest[index] }]));
  const data = wish.data && { ...wish.data, ports: { primary: dataPrimary, pooler: dataPooler } };
  return { ...wish, ports: { ...wish.ports, primary, pooler }, replicas, ...(data && { data }) };
}
