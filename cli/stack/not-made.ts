import { EXIT, PgtError } from "../../kernel/errors.ts";

/** What a command says of a stack that it can only look at once `up` has made it. */
export function notMade(stack: string): PgtError {
  return new PgtError(`stack ${stack} has not been made`, {
    exitCode: EXIT.couldNotCheck,
    fix: [`Run "./pgt up --stack ${stack}" first.`],
  });
}
