import type { Client } from "pg";
import { messageOf, PgtError } from "../../kernel/errors.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { observeCluster, observeDatabase, type RunQuery } from "../../roles/observe.ts";
import { type Passwords } from "../../roles/plan-accounts.ts";
import { planRoles } from "../../roles/plan.ts";
import { SECRET_SETTING, type Step, type UserMemberships } from "../../roles/step.ts";
import { MAINTENANCE_DATABASE, type WantedAccess } from "../../roles/wanted.ts";

/** What {@link applyRoles} needs. */
export interface ApplyRolesOptions {
  readonly wanted: WantedAccess;
  /** `undefined` where somebody else sets them. */
  readonly passwords: Passwords | undefined;
  /** Has a cloud change a user's memberships, where its administrator can't by SQL. */
  readonly changeUser?: (memberships: UserMemberships) => Promise<void>;
  /** A connected client of the administrator on the primary, with a time-out of its own; it is ended here. */
  readonly connect: (database: string) => Promise<Client>;
  readonly signal: AbortSignal;
  /** False plans only. */
  readonly apply: boolean;
  /** Milliseconds to wait for another run to end; two minutes unless told. */
  readonly lockTimeoutMs?: number;
}

/** A step that was done, or with `apply: false` would be; nothing in it is secret. */
export type RoleStep = Omit<Step, "secret">;

/** Own names only; a statement that waits or works too long is given up. */
const SESSION = `
SET search_path = '';
SET standard_conforming_strings = on;
SET default_transaction_read_only = off;
SET lock_timeout = '15s';
SET statement_timeout = '60s';
SET idle_in_transaction_session_timeout = '60s'`;

/** One at a time. The lock is the session's, so that it is gone when this program is. */
const TRY_LOCK = `SELECT pg_try_advisory_lock(hashtextextended('pgtopology.roles', 0)) AS locked`;
const LOCK_TIMEOUT_MS = 120_000;

/** No parameter is logged, and pg_stat_statements keeps no text, until the transaction ends. */
const KEEP_SECRET = `
SET LOCAL log_parameter_max_length = 0;
SET LOCAL log_parameter_max_length_on_error = 0;
SET LOCAL pg_stat_statements.track_utility = off`;

/** The second round must find nothing to do; the third is for what only shows when the first is done. */
const MAX_ROUNDS = 3;

/**
 * Brings roles, grants, the application's database and slots to what the topology wants, and proves it by planning anew.
 * @returns the steps in their order; none on a server that has everything.
 * @throws {PgtError} that names the step; the signal's reason when it is aborted.
 */
export async function applyRoles(options: ApplyRolesOptions): Promise<RoleStep[]> {
  const { wanted, passwords, connect, signal, apply } = options;
  const sessions = new Sessions(connect, signal);
  try {
    if (!apply) return (await planOn(sessions, wanted, passwords)).map(withoutSecret);
    await takeLock(sessions, signal, options.lockTimeoutMs ?? LOCK_TIMEOUT_MS);
    const done: Step[] = [];
    for (let round = 1; ; round += 1) {
      const steps = await planOn(sessions, wanted, passwords);
      if (steps.length === 0) return done.map(withoutSecret);
      if (round > MAX_ROUNDS) throw notConverging(steps);
      for (const group of groupSteps(steps)) await runGroup(sessions, group, options);
      done.push(...steps);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await sessions.end();
  }
}

function withoutSecret(step: Step): RoleStep {
  const kept: RoleStep & { secret?: string } = { ...step };
  delete kept.secret;
  return kept;
}

function notConverging(steps: readonly Step[]): PgtError {
  return new PgtError(
    `roles: applied ${MAX_ROUNDS} times, and the server still differs: ${steps.map((step) => step.summary).join("; ")}`,
    { fix: ["Look for something that changes it back, such as an event trigger or another tool, and run it again."] },
  );
}

async function planOn(sessions: Sessions, wanted: WantedAccess, passwords: Passwords | undefined): Promise<Step[]> {
  const cluster = await observeCluster(await sessions.query(MAINTENANCE_DATABASE), wanted);
  refuseMissing(wanted, cluster.roles);
  const exists = cluster.objects.some(({ kind, name }) => kind === "database" && name === wanted.database);
  const application = exists ? await observeDatabase(await sessions.query(wanted.database), wanted) : undefined;
  return planRoles(wanted, { cluster, application }, passwords);
}

/** A user that the plan made would have no password, and the cloud would not know of it. */
function refuseMissing({ accounts, roles }: WantedAccess, present: readonly { readonly name: string }[]): void {
  if (accounts === "sql") return;
  const missing = roles.map(({ name }) => name).filter((name) => !present.some((role) => role.name === name));
  if (missing.length === 0) return;
  throw new PgtError(`roles: the server has no ${missing.join(", ")}: the cloud makes its users`, {
    fix: [
      "`pgt up` makes them; where it says that nothing changes, somebody removed them, and `pgt pulumi refresh` tells the state.",
    ],
  });
}

async function takeLock(sessions: Sessions, signal: AbortSignal, timeoutMs: number): Promise<void> {
  const query = await sessions.query(MAINTENANCE_DATABASE);
  const attempt = async () => {
    const [row] = (await query(TRY_LOCK, [])) as { locked: boolean }[];
    return row?.locked === true;
  };
  await waitUntil(attempt, { name: "another run of the role plan to end", timeoutMs, signal });
}

/** Neighbours that run in the same database and may share a transaction. */
function groupSteps(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  let last: Step | undefined;
  for (const step of steps) {
    const joins = last !== undefined && !last.alone && !step.alone && last.database === step.database;
    if (joins) groups.at(-1)?.push(step);
    else groups.push([step]);
    last = step;
  }
  return groups;
}

async function runGroup(
  sessions: Sessions,
  steps: readonly Step[],
  { changeUser, signal }: ApplyRolesOptions,
): Promise<void> {
  const [first] = steps;
  if (first === undefined) return;
  if (first.byCloud !== undefined && changeUser !== undefined) {
    await changeUser(first.byCloud);
    return;
  }
  const client = await sessions.client(first.database);
  const transaction = first.alone !== true;
  if (transaction) await client.query("BEGIN");
  try {
    for (const step of steps) {
      signal.throwIfAborted();
      await runStep(client, step);
    }
    if (transaction) await client.query("COMMIT");
  } catch (error) {
    // A connection that broke has no transaction left; what broke it is what counts.
    if (transaction) await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function runStep(client: Client, step: Step): Promise<void> {
  try {
    if (step.secret !== undefined) {
      await client.query(KEEP_SECRET);
      await client.query("SELECT set_config($1, $2, true)", [SECRET_SETTING, step.secret]);
    }
    await client.query(step.sql);
  } catch (error) {
    throw new PgtError(`roles: ${step.summary}: ${messageOf(error)}`, {
      // What a driver's error carries beside its message may quote parameters.
      ...(step.secret === undefined && { cause: error }),
      fix: [
        "Nothing of this database's transaction was kept. Solve what the server says, and run `pgt roles --apply` again.",
      ],
    });
  }
}

/** One session for each database, opened when first needed; an abort breaks them all off. */
class Sessions {
  readonly #connect: ApplyRolesOptions["connect"];
  readonly #signal: AbortSignal;
  readonly #open = new Map<string, Client>();
  readonly #breakOff = () => {
    void this.end();
  };

  constructor(connect: ApplyRolesOptions["connect"], signal: AbortSignal) {
    this.#connect = connect;
    this.#signal = signal;
    signal.addEventListener("abort", this.#breakOff);
  }

  async client(database: string): Promise<Client> {
    const open = this.#open.get(database);
    if (open !== undefined) return open;
    this.#signal.throwIfAborted();
    const client = await this.#connect(database);
    this.#open.set(database, client);
    // Without a listener a broken connection would end the program; the query under way reports it.
    client.on("error", () => undefined);
    await client.query(SESSION);
    return client;
  }

  async query(database: string): Promise<RunQuery> {
    const client = await this.client(database);
    return async (text, values) => {
      try {
        return (await client.query<Record<string, unknown>>(text, [...values])).rows;
      } catch (error) {
        throw new PgtError(`roles: reading what database ${database} has: ${messageOf(error)}`, { cause: error });
      }
    };
  }

  async end(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#breakOff);
    const clients = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}
