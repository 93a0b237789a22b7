import { z } from "zod";
import { POLICIES_KEY } from "../config/keys.ts";
import { mistakesIn } from "../config/mistakes.ts";
import { permissionsSpec } from "../config/permissions.ts";
import { shapeIssues } from "../config/shape-issues.ts";
import { closestName } from "../kernel/closest-name.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { type Environment, type Floors, FLOORS } from "../requirements/floors.ts";
import type { Levels } from "../requirements/levels.ts";
import type { Issue } from "../topology/issue.ts";
import type { Permission } from "../topology/permission.ts";

/** What a user tells the pack: in the stack's configuration (`pgtopology:policies`), or in the pack's own. */
export interface PolicySettings {
  readonly environment?: Environment | undefined;
  readonly addresses?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly levels?: Levels | undefined;
  readonly floors?: Partial<Floors> | undefined;
  readonly waivers?: readonly Permission[] | undefined;
  readonly remediate?: readonly Remediation[] | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** What the pack can mend by itself. */
const REMEDIATIONS = ["labels", "loopback-ports", "encrypted-only"] as const;
export type Remediation = (typeof REMEDIATIONS)[number];

const { environment: _, ...NUMBERED_FLOORS } = FLOORS.prod;
const floors = z
  .strictObject(
    Object.fromEntries(
      Object.entries(NUMBERED_FLOORS).map(([name, value]) => [
        name,
        typeof value === "number"
          ? z.number("a number from 0").min(0, "a number from 0").optional()
          : typeof value === "boolean"
            ? z.boolean("true or false").optional()
            : z.array(z.string("a text"), "a list of texts").optional(),
      ]),
    ),
  )
  .meta({ description: "What the environment puts up with, where it is to be another than the usual." });

/** The value of `pgtopology:policies`. */
export const policySettings = z
  .strictObject({
    environment: z
      .enum(["local", "staging", "prod"])
      .optional()
      .meta({ description: "Which floors hold. Default: what the topology in the stack says, else prod." }),
    addresses: z
      .array(z.string("an address"), "a list of addresses")
      .optional()
      .meta({ description: "Addresses beside loopback that ports may be published on. Default: the topology's own." }),
    regions: z
      .array(z.string("a region"), "a list of regions")
      .optional()
      .meta({ description: "Regions that anything may be in. Default: all." }),
    levels: z
      .record(z.string(), z.enum(["mandatory", "advisory", "off"]))
      .optional()
      .meta({ description: "By a requirement's id: what breaking it does." }),
    floors: floors.optional(),
    remediate: z
      .array(z.enum(REMEDIATIONS), "a list of remediations")
      .optional()
      .meta({ description: "What is mended before it is judged, without a word in the program. Default: nothing." }),
    labels: z
      .record(z.string(), z.string("a label's value"))
      .optional()
      .meta({ description: "Labels that the remediation `labels` adds where they are missing." }),
    waivers: permissionsSpec
      .optional()
      .meta({ description: "What is put up with, by a requirement's id; an expired or unused one fails." }),
  })
  .meta({ description: "What the policy pack is told." });

/**
 * Reads settings, from wherever they come.
 * @param source named in the error, as in `the configuration of stack prod`
 * @throws {ConfigurationError} exit code 2, with every mistake
 */
export function readSettings(value: unknown, source: string): PolicySettings {
  const parsed = policySettings.safeParse(value ?? {});
  const issues = parsed.success ? unknownIds(parsed.data) : shapeIssues(parsed.error.issues, value, policySettings);
  if (issues.length > 0) throw mistakesIn([{ key: POLICIES_KEY, issues }], source);
  return parsed.data as PolicySettings;
}

function unknownIds({ levels = {}, waivers = [] }: PolicySettings): Issue[] {
  const ids: readonly string[] = CATALOGUE.map(({ id }) => id);
  const named = [
    ...Object.keys(levels).map((id) => ({ where: `levels.${id}`, id })),
    ...waivers.map(({ id }, index) => ({ where: `waivers.${index}.id`, id })),
  ];
  return named
    .filter(({ id }) => !ids.includes(id))
    .map(({ where, id }) => {
      const meant = closestName(id, ids);
      return {
        where,
        got: `${JSON.stringify(id)}, which is no requirement`,
        want: "the id of a requirement, as in instances/encrypted-only",
        fix: meant === undefined ? "see the list of requirements" : `did you mean ${meant}?`,
      };
    });
}
