import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { Found, Machine, Part, Way } from "./part.ts";

/**
 * Check → act → prove: finds the part, or tries its ways in order until the part is found.
 * @throws {PgtError} (exit code 3) that lists every way, why it failed, and how to go it by hand;
 * the signal's reason when the machine's signal is aborted.
 */
export async function setUp<T>(machine: Machine, part: Part<T>): Promise<Found<T>> {
  machine.signal.throwIfAborted();
  const present = await part.find(machine);
  if (present) return present;
  const failures: string[] = [];
  for (const way of part.ways) {
    const failure = await tryWay(machine, way);
    machine.signal.throwIfAborted();
    const proof = failure === undefined ? await part.find(machine) : undefined;
    if (proof) return proof;
    failures.push(`${way.title}: ${failure ?? "it ended well, and yet the part is not found"}`);
  }
  throw new PgtError(`${part.title} is missing, and no way to get it worked:\n${indent(failures)}`, {
    exitCode: EXIT.couldNotCheck,
    fix: part.ways.map((way) => `${way.title}: ${way.byHand}`),
  });
}

/** Why the way did not work, or `undefined` when it ended well. */
async function tryWay(machine: Machine, way: Way): Promise<string | undefined> {
  const unavailable = await way.unavailable(machine);
  if (unavailable !== undefined) return unavailable;
  machine.say(`trying ${way.title}`);
  try {
    await way.act(machine);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  - ${line.replaceAll("\n", "\n    ")}`).join("\n");
}
