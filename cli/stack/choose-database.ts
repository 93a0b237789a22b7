import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { StackDatabase } from "../../topology/resolved-docker.ts";
import type { DatabaseChoice } from "../stack-options.ts";

/** The database that a user has named. @throws {PgtError} exit code 2 when the stack has no data database */
export function chooseDatabase<T extends StackDatabase>(databases: readonly T[], choice: DatabaseChoice): T {
  const found = databases.find(({ prefix }) => prefix === (choice === "data" ? "data-" : ""));
  if (found !== undefined) return found;
  throw noDataDatabase(databases[0]?.topology.stack ?? "");
}

/** What a command says of a data database that the stack does not have. */
export function noDataDatabase(stack: string): PgtError {
  return new PgtError(`stack ${stack} has no data database`, {
    exitCode: EXIT.usage,
    fix: ['Add "data: {}" to its configuration and run "./pgt up", or leave --database out.'],
  });
}
