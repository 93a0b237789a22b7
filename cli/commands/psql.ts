import { type Command, Option } from "commander";
import type { ExitCode } from "../../kernel/errors.ts";
import type { RoleKey } from "../../topology/names.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import type { PsqlChoice } from "../stack/psql-target.ts";
import { addStackOptions, type DatabaseChoice, databaseOption } from "../stack-options.ts";

interface PsqlOptions extends StackOptions, PsqlChoice {
  readonly database: DatabaseChoice;
}

/** The roles that a person works as; the other two serve replicas and the pooler. */
const ROLES: readonly RoleKey[] = ["administrator", "owner", "readWrite", "readOnly", "monitoring"];

const HELP = `
It uses the psql of this machine, else the one in the image; always over verified TLS. On DigitalOcean it is the psql of
this machine, which reaches both databases over SSH, through the data host.
What stands after -- is psql's own. psql's exit codes 1, 2 and 3 become 1.
Examples:
  pgt psql
  pgt psql --replica -- -c 'select pg_is_in_recovery()'
  pgt psql --pooled --role owner < migration.sql
  pgt psql --pooled -- -d app_readers
  pgt psql --database data --role owner
  pgt psql --stack split --database data -- -c 'select now()'`;

/** `pgt psql`: a session on the primary, a replica or the pooler. */
export function definePsql(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("psql"))
    .description("open psql on the primary, a replica or the pooler")
    .option("--replica [name]", "on this replica, else on the first one")
    .option("--pooled", "through PgBouncer", false)
    .addOption(databaseOption())
    .addOption(new Option("--role <role>", "as whom").choices(ROLES).default("readWrite"))
    .argument("[arguments...]", "for psql, after --")
    .showHelpAfterError("(psql's own options stand after --: pgt psql -- -c 'select 1'; see \"pgt psql --help\")")
    .addHelpText("after", HELP)
    .action(async (args: string[], options: PsqlOptions) => {
      done(await psql(context, options, args));
    });
}

async function psql(context: CommandContext, options: PsqlOptions, args: readonly string[]): Promise<ExitCode> {
  const { wishOnDigitalOcean } = await import("../stack/on-digitalocean.ts");
  const wish = await wishOnDigitalOcean(context, options);
  if (wish === undefined) return onDocker(context, options, args);
  const [{ openDigitalOcean }, { runPsqlThroughHost }] = await Promise.all([
    import("../stack/open-digitalocean.ts"),
    import("../data-host/psql-through-host.ts"),
  ]);
  return runPsqlThroughHost(context, await openDigitalOcean(context, wish), options, { args, env: context.env });
}

async function onDocker(context: CommandContext, options: PsqlOptions, args: readonly string[]): Promise<ExitCode> {
  const [{ openWorld }, { worldsOf }, { chooseDatabase }, { psqlTarget }, { runHostPsql }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/converge.ts"),
    import("../stack/choose-database.ts"),
    import("../stack/psql-target.ts"),
    import("../stack/host-psql.ts"),
  ]);
  const world = chooseDatabase(worldsOf(await openWorld(context, options)), options.database);
  const { place, secrets, signal, topology } = world;
  const target = psqlTarget(topology, options);
  const run = { target, password: secrets.passwords[options.role], args, env: context.env };
  const connection = { ...target.published, database: target.database, user: target.user };
  const { caCertificate } = secrets;
  const code = await runHostPsql({ connection, name: topology.name, caCertificate, place, signal }, run);
  if (code !== undefined) return code;
  const { runContainerPsql } = await import("../stack/container-psql.ts");
  return runContainerPsql(world, run);
}
