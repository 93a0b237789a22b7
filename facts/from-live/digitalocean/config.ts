import type { Difference } from "../../../requirements/facts/difference.ts";
import { clusterArgument } from "../../../topology/parameters/digitalocean-values.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import type { ConfigAnswer } from "./digitalocean-answers.ts";

/**
 * Parameters that the platform holds otherwise than asked, whatever the server does now: a new one, after a failure or on a
 * larger machine, gets what the platform holds. The provider sends some values not at all, and takes none back.
 * @param told names that the server itself has otherwise: SQL tells them
 */
export function configDifferences(
  { parameters, primary, version }: Pick<ResolvedDigitalOcean, "parameters" | "primary" | "version">,
  config: ConfigAnswer,
  told: ReadonlySet<string>,
): Difference[] {
  return Object.entries(parameters).flatMap(([name, text]): Difference[] => {
    const want = clusterArgument(version, name, text)?.value;
    const got = config[name];
    if (want === undefined || told.has(name) || isSame(want, got)) return [];
    return [{ where: primary.part, name: `${name} at the platform`, want: String(want), got: textOf(got) }];
  });
}

function isSame(want: number | string | boolean, got: unknown): boolean {
  return typeof want === "string" && typeof got === "string" ? want.toLowerCase() === got.toLowerCase() : want === got;
}

function textOf(got: unknown): string {
  return got === undefined || got === null ? "nothing" : JSON.stringify(got);
}
