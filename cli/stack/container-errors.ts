import { EXIT, PgtError } from "../../kernel/errors.ts";

/** Docker's refusal to work in a container, as something that a user can act upon; any other error as it is. */
export function containerError(error: unknown, name: string): unknown {
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== 404 && status !== 409) return error;
  return new PgtError(status === 404 ? `there is no container ${name}` : `container ${name} does not run`, {
    exitCode: EXIT.couldNotCheck,
    fix: ["./pgt status shows what runs, ./pgt up makes or starts what is missing."],
    cause: error,
  });
}
