import { EXIT, PgtError } from "../../kernel/errors.ts";
import { containersOf } from "../../rendering/containers.ts";
import { databasesOf, type ResolvedDocker } from "../../topology/resolved-docker.ts";

/** A part of a stack that runs as a container. */
export interface StackPart {
  /** As users call it: `primary`, or `data-primary` for the one of the data database. */
  readonly name: string;
  readonly container: string;
}

/** Every part of the stack, for each database servers, the primary first, then the pooler and the scheduler. */
export function partsOf(stack: ResolvedDocker): StackPart[] {
  return databasesOf(stack).flatMap(({ prefix, topology }) =>
    containersOf(topology).map(({ part }) => ({ name: prefix + part, container: `${topology.name}-${part}` })),
  );
}

/** @throws {PgtError} exit code 2, listing the parts, when the stack has none of that name */
export function requirePart(stack: ResolvedDocker, name: string): StackPart {
  const parts = partsOf(stack);
  const found = parts.find((part) => part.name === name);
  if (found !== undefined) return found;
  throw new PgtError(`stack ${stack.stack} has no part ${JSON.stringify(name)}`, {
    exitCode: EXIT.usage,
    fix: [`Its parts are ${parts.map((part) => part.name).join(", ")}.`],
  });
}
