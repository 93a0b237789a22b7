import { type Command, Option } from "commander";

/**
 * From where SQL is asked, as far as a private network is concerned: this machine, or the stack's own Cloud Run job; `none`
 * says that no server can be seen from here, and that nobody should try.
 */
export type Vantage = "inside" | "job" | "none";

/** The option of commands that speak SQL to a cloud. */
export function vantageOption(): Option {
  return new Option(
    "--vantage <place>",
    "from where servers are seen: this machine is inside the VPC (inside), or the stack's own Cloud Run job on Cloud SQL is (job, which access.verification makes), or nothing is (none); without it, SQL is not asked on Cloud SQL",
  ).choices(["inside", "job", "none"] satisfies Vantage[]);
}

/** One of a stack's databases, as a user names it. */
export type DatabaseChoice = "primary" | "data";

/** The option of commands that work on one database. */
export function databaseOption(): Option {
  return new Option("--database <which>", "the primary database of the stack, or the data database of a split")
    .choices(["primary", "data"] satisfies DatabaseChoice[])
    .default("primary" satisfies DatabaseChoice);
}

/** Adds the options of every command that is about a stack. */
export function addStackOptions(command: Command): Command {
  return command
    .option("-s, --stack <name>", "the stack; local, or local-…, lives on this machine", "local")
    .option("--config <file>", "configuration of a local stack, instead of Pulumi.<stack>.yaml");
}
