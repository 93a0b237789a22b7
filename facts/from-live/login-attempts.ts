import { refusalOf } from "./connection-refusal.ts";
import type { LiveSession, Login } from "./live-access.ts";
import { withSession } from "./observe.ts";

/** SQLSTATE: insufficient privilege. */
export const NOT_ALLOWED = "42501";

/** Whatever is made under this name is rolled back, or was refused before. */
export const NEVER_MADE = '"pgt_verify_never_made"';

/** Whether a role may run a statement, which is rolled back. @throws what goes wrong otherwise: that is not an answer */
export async function isAllowed(session: LiveSession, sql: string): Promise<boolean> {
  // A role's default of read-only transactions is a habit and not a wall: anybody can switch it off.
  await session.rows("BEGIN READ WRITE");
  try {
    await session.rows(sql);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_ALLOWED) return false;
    throw error;
  } finally {
    await session.rows("ROLLBACK");
  }
}

/** Whether the application's role is refused with another password than its own. @throws what else stops a login */
export async function isWrongPasswordRefused(
  access: { connect(login: Login): Promise<LiveSession> },
  part: string,
): Promise<boolean> {
  try {
    await withSession(access, { part, role: "readWrite", password: "not the password" }, () => Promise.resolve());
    return false;
  } catch (error) {
    if (refusalOf(error) === "password") return true;
    throw error;
  }
}
