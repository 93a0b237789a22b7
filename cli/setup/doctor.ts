import { messageOf, PgtError } from "../../kernel/errors.ts";
import type { Machine, Part } from "./part.ts";

/** What is known of a part. */
export type PartReport =
  | {
      readonly title: string;
      readonly isFound: true;
      readonly version: string;
      readonly from: string;
      readonly note?: string;
    }
  | {
      readonly title: string;
      readonly isFound: false;
      /** Why the look itself failed. */
      readonly note?: string;
      /** What to do about one that is there and can't be used; there are no ways then. */
      readonly fix?: readonly string[];
      /** The ways to get it, in the order in which set-up tries them. */
      readonly ways: readonly WayReport[];
    };

/** A way to get a part that is missing. */
interface WayReport {
  readonly title: string;
  /** Why set-up could not go it now; nothing when it could. */
  readonly unavailable?: string;
  readonly byHand: string;
}

/** Looks for every part and changes nothing. */
export async function examine(machine: Machine, parts: readonly Part[]): Promise<PartReport[]> {
  const reports: PartReport[] = [];
  for (const part of parts) reports.push(await examinePart(machine, part));
  return reports;
}

async function examinePart(machine: Machine, part: Part): Promise<PartReport> {
  const { title } = part;
  let trouble: string | undefined;
  try {
    const found = await part.find(machine);
    if (found) {
      const { version, from, note } = found;
      return { title, isFound: true, version, from, ...(note !== undefined && { note }) };
    }
  } catch (error) {
    machine.signal.throwIfAborted();
    if (error instanceof PgtError && error.fix.length > 0) {
      return { title, isFound: false, note: error.message, fix: error.fix, ways: [] };
    }
    trouble = messageOf(error);
  }
  const ways: WayReport[] = [];
  for (const way of part.ways) {
    const unavailable = await way.unavailable(machine);
    ways.push({ title: way.title, byHand: way.byHand, ...(unavailable !== undefined && { unavailable }) });
  }
  return { title, isFound: false, ways, ...(trouble !== undefined && { note: trouble }) };
}
