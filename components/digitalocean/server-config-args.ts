import type { DatabasePostgresqlConfigArgs } from "@pulumi/digitalocean/databasePostgresqlConfig.js";
import { clusterArgument, isDroppedByProvider } from "../../topology/parameters/digitalocean-values.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";

/** What the provider knows beside the cluster. Never `pgbouncers`: the provider falls over that block, whatever is in it. */
export type ServerConfig = Omit<DatabasePostgresqlConfigArgs, "clusterId" | "pgbouncers" | "timescaledbs">;

/**
 * Parameters as the provider takes them: the platform's own unit, without its sign.
 * @throws {RangeError} for what validation has to refuse before: a parameter that the provider does not know, and a zero,
 * which it would not send, so that the server would keep what it has.
 */
export function parameterArgs({
  parameters,
  version,
}: Pick<ResolvedDigitalOcean, "parameters" | "version">): ServerConfig {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, text]) => {
      const argument = clusterArgument(version, name, text);
      if (argument === undefined || isDroppedByProvider(version, name, text)) {
        throw new RangeError(`the provider does not send ${name} = ${JSON.stringify(text)}`);
      }
      return [argument.property, argument.value];
    }),
  );
}

/**
 * When the platform makes its daily backup. The provider sends no zero: at a full hour the minute is the platform's, and
 * shortly after midnight the hour too.
 */
export function backupTimeArgs(backup: ResolvedDigitalOcean["backup"]): ServerConfig {
  if (backup === undefined) return {};
  const [hour = 0, minute = 0] = backup.schedule.split(":").map(Number);
  return { ...(hour > 0 && { backupHour: hour }), ...(minute > 0 && { backupMinute: minute }) };
}
