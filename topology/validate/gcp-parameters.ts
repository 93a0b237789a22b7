import { nearestNames } from "../../kernel/closest-name.ts";
import { cloudSqlFlagProblem, cloudSqlStanding, cloudSqlValueProblem } from "../parameters/cloud-sql-flags.ts";
import { RELOADED_FLAGS, RESTARTING_FLAGS } from "../parameters/cloud-sql-flag-names.ts";
import { parseInteger } from "../parameters/setting-value.ts";
import { isDecidedFlag } from "../resolve-flags.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { GcpRule } from "./gcp-rule.ts";

const OWN_PREFIX = "cloudsql.";
/** What PostgreSQL counts shared_buffers in. */
const BLOCK = "8kB";
const BLOCKS_PER_MIB = 128;
const OWN_FLAGS = [...RESTARTING_FLAGS, ...RELOADED_FLAGS].filter((name) => name.startsWith(OWN_PREFIX));

const topologyDecidesItsFlags: GcpRule = (_topology, { parameters = {} }) =>
  Object.entries(parameters)
    .filter(([name]) => isDecidedFlag(name))
    .map(([name, value]) => ({
      where: `parameters.${name}`,
      got: String(value),
      want: "not to be set here",
      because: "the topology decides it",
      fix: "remove it",
    }));

const flagIsOneLine: GcpRule = (_topology, { parameters = {} }) =>
  Object.entries(parameters)
    .filter(([, value]) => hasLineBreak(value))
    .map(([name]) => ({
      where: `parameters.${name}`,
      got: "more than one line",
      want: "one line",
      fix: "remove the line break",
    }));

const cloudSetsItsOwnFlags: GcpRule = (_topology, { parameters = {} }) =>
  Object.entries(parameters).flatMap(([name, value]) => {
    const because = cloudSqlFlagProblem(name);
    if (because === undefined) return [];
    return [{ where: `parameters.${name}`, got: String(value), want: "not to be set", because, fix: "remove it" }];
  });

const ownFlagExists: GcpRule = (_topology, { parameters = {} }) =>
  Object.keys(parameters)
    .filter(isUnknownOwnFlag)
    .map((name) => ({
      where: `parameters.${name}`,
      got: name,
      want: "a flag of Cloud SQL",
      fix: didYouMean(nearestNames(name, OWN_FLAGS), "remove it"),
    }));

const flagTakesTheValue: GcpRule = ({ version }, { parameters = {} }) =>
  Object.entries(parameters).flatMap(([name, value]) => {
    // What is wrong with the name, or with the line, is said already.
    if (isUnknownOwnFlag(name) || cloudSqlFlagProblem(name) !== undefined || isDecidedFlag(name)) return [];
    if (hasLineBreak(value)) return [];
    const problem = cloudSqlValueProblem(version, name, value);
    return problem === undefined ? [] : [{ where: `parameters.${name}`, ...problem }];
  });

const sharedBuffersFitTheMemory: GcpRule = (topology, { parameters = {} }) =>
  Object.entries(parameters)
    .filter(([name]) => name.toLowerCase() === "shared_buffers")
    .flatMap(([name, value]) => {
      const blocks = parseInteger(String(value), BLOCK);
      const { memoryMiB } = topology.primary;
      if (blocks === undefined || memoryMiB === 0 || blocks < memoryMiB * BLOCKS_PER_MIB) return [];
      return [
        {
          where: `parameters.${name}`,
          got: String(value),
          want: `less than the primary's ${memoryMiB} MB`,
          because: "a server that can't get its shared memory does not start",
          fix: "remove it: Cloud SQL sets it from the size",
        },
      ];
    });

function isUnknownOwnFlag(name: string): boolean {
  return name.toLowerCase().startsWith(OWN_PREFIX) && cloudSqlStanding(name) === "unknown";
}

function hasLineBreak(value: string | number | boolean): boolean {
  return /[\n\r\0]/.test(String(value));
}

/** Which flags may be set, and to what. */
export const PARAMETER_RULES = {
  topologyDecidesItsFlags,
  cloudSetsItsOwnFlags,
  ownFlagExists,
  flagIsOneLine,
  flagTakesTheValue,
  sharedBuffersFitTheMemory,
} satisfies Readonly<Record<string, GcpRule>>;
