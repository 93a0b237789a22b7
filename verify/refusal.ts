import { EXIT, PgtError } from "../kernel/errors.ts";

/** Whether an error says that the caller may not ask, or asks wrongly: no further try would change it. */
export function isRefusal(error: unknown): boolean {
  return error instanceof PgtError && (error.exitCode === EXIT.couldNotCheck || error.exitCode === EXIT.usage);
}
