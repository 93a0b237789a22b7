import { nearestNames } from "../../kernel/closest-name.ts";
import {
  CLUSTER_PARAMETERS,
  clusterParameter,
  refusedClusterParameter,
} from "../parameters/digitalocean-parameters.ts";
import { clusterValueProblem, isDroppedByProvider } from "../parameters/digitalocean-values.ts";
import { refusedParameter } from "../parameters.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { serverParameterIssues } from "./server-parameters.ts";

const OF_THE_PLATFORM = "files, addresses, archive and durability of the cluster are the platform's own";

const platformDecidesItsOwn: DigitalOceanRule = (_topology, { parameters = {} }) =>
  Object.entries(parameters).flatMap(([name, value]) => {
    const because = whyRefused(name);
    if (because === undefined) return [];
    return [{ where: `parameters.${name}`, got: String(value), want: "not to be set", because, fix: "remove it" }];
  });

const platformHasTheParameter: DigitalOceanRule = (_topology, { parameters = {} }) =>
  Object.keys(parameters)
    .filter((name) => clusterParameter(name) === undefined && whyRefused(name) === undefined)
    .map((name) => ({
      where: `parameters.${name}`,
      got: name,
      want: "a parameter that the platform lets be set",
      fix: didYouMean(nearestNames(name, Object.keys(CLUSTER_PARAMETERS)), "remove it"),
    }));

const valueIsOneLine: DigitalOceanRule = (_topology, { parameters = {} }) =>
  Object.entries(parameters)
    .filter(([, value]) => hasLineBreak(value))
    .map(([name]) => ({
      where: `parameters.${name}`,
      got: "more than one line",
      want: "one line",
      fix: "remove the line break",
    }));

const platformTakesTheValue: DigitalOceanRule = ({ version }, { parameters = {} }) =>
  Object.entries(parameters).flatMap(([name, value]) => {
    // What is wrong with the name, or with the line, is said already.
    if (clusterParameter(name) === undefined || hasLineBreak(value)) return [];
    const problem = clusterValueProblem(version, name, value);
    return problem === undefined ? [] : [{ where: `parameters.${name}`, ...problem }];
  });

// https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean/database/resource_database_postgres_config.go
const valueIsSent: DigitalOceanRule = ({ version }, { parameters = {} }) =>
  Object.entries(parameters).flatMap(([name, value]) => {
    const isTaken = clusterParameter(name) !== undefined && clusterValueProblem(version, name, value) === undefined;
    if (!isTaken || !isDroppedByProvider(version, name, value)) return [];
    return [
      {
        where: `parameters.${name}`,
        got: value === "" ? "nothing" : String(value),
        want: "another value than zero, or nothing",
        because: "the provider takes it for nothing said, and never sends it",
        fix: "remove it, or set it by hand with `doctl databases configuration update`",
      },
    ];
  });

const dataHostTakesItsParameters: DigitalOceanRule = ({ version }, { data }) =>
  serverParameterIssues("data.parameters", data?.parameters ?? {}, version);

function whyRefused(name: string): string | undefined {
  const own = refusedClusterParameter(name);
  return own ?? (refusedParameter(name.toLowerCase()) === undefined ? undefined : OF_THE_PLATFORM);
}

function hasLineBreak(value: string | number | boolean): boolean {
  return /[\n\r\0]/.test(String(value));
}

/** Which parameters may be set, and to what. */
export const DIGITALOCEAN_PARAMETER_RULES = {
  platformDecidesItsOwn,
  platformHasTheParameter,
  valueIsOneLine,
  platformTakesTheValue,
  valueIsSent,
  dataHostTakesItsParameters,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
