import { refusalOf } from "./connection-refusal.ts";
import type { ClientTls, LiveSession } from "./live-access.ts";

const DAY_MS = 86_400_000;

/** Opens a connection as a client of this kind does. */
export type Dial = (tls: ClientTls) => Promise<LiveSession>;

/** How each kind of client is refused, when it is for the reason that is meant. */
const REFUSED_BY = { none: "plaintext", "stranger-ca": "certificate", "below-minimum": "protocol" } as const;

/** Whether a client that must get in does, and until when the certificate is good that it was shown. */
export async function accepts(dial: Dial, now: Date): Promise<{ accepted: boolean; daysLeft?: number }> {
  try {
    const session = await dial("verify-full");
    const end = session.certificateEnd();
    await session.end();
    if (end === undefined) return { accepted: false };
    return { accepted: true, daysLeft: Math.floor((end.getTime() - now.getTime()) / DAY_MS) };
  } catch (error) {
    if (refusalOf(error) === "certificate") return { accepted: false };
    throw error;
  }
}

/**
 * Whether a client that must not get in is refused for that reason.
 * @throws what it was refused by, when that is another reason
 */
export async function refuses(dial: Dial, tls: Exclude<ClientTls, "verify-full">): Promise<boolean> {
  try {
    const session = await dial(tls);
    await session.end();
    return false;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === REFUSED_BY[tls]) return true;
    // The door was open: only the password did not fit, or the role has no place left.
    if (refusal === "later") return false;
    throw error;
  }
}
