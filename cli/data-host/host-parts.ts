import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { DataHostPlace } from "../../rendering/data-host/host-file.ts";
import { enabledUnits } from "../../rendering/data-host/files.ts";
import { SERVICES } from "../../rendering/data-host/units.ts";
import type { ResolvedSelfRun } from "../../topology/resolved-self-run.ts";

/** A part of the data database: a unit of systemd on the data host. */
export interface HostPart {
  /** As users call it: `data-primary`, `data-pooler`, `data-backup-full`. */
  readonly name: string;
  readonly service: string;
  /** What starts it at its time; `undefined` of what runs for ever. */
  readonly timer: string | undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  [SERVICES.postgres]: "data-primary",
  [SERVICES.pooler]: "data-pooler",
};

/** Every part of a data host, the server first. */
export function hostPartsOf(server: ResolvedSelfRun, place: DataHostPlace): readonly HostPart[] {
  return enabledUnits(server, place).map((unit) => {
    const base = unit.replace(/\.(service|timer)$/, "");
    return {
      name: NAMES[unit] ?? base.replace(/^pgtopology-/, "data-"),
      service: `${base}.service`,
      timer: unit.endsWith(".timer") ? unit : undefined,
    };
  });
}

/** @param managed parts of the managed primary, whose logs the platform keeps @throws {PgtError} exit code 2 */
export function requireHostPart(
  parts: readonly HostPart[],
  name: string,
  { managed, stack }: { readonly managed: readonly string[]; readonly stack: string },
): HostPart {
  const found = parts.find((part) => part.name === name);
  if (found !== undefined) return found;
  const known = `The parts on the data host are ${parts.map((part) => part.name).join(", ")}.`;
  if (managed.includes(name)) {
    throw new PgtError(`${name} of stack ${stack} is a managed server, whose log the platform keeps`, {
      exitCode: EXIT.usage,
      fix: ["It is in DigitalOcean's console: the cluster's page, Logs & Queries.", known],
    });
  }
  throw new PgtError(`stack ${stack} has no part ${JSON.stringify(name)} with a log`, {
    exitCode: EXIT.usage,
    fix: [known],
  });
}
