import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { factsFromDockerPlan } from "../facts/from-plan/docker.ts";
import { CONTAINER_TYPE } from "../facts/from-plan/docker-container.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import { byTopology } from "./by-topology.ts";
import { digitalOcean } from "./digitalocean.ts";
import { reportJudged } from "./from-requirement.ts";
import { CONTEXT_SCHEMA, packContext } from "./pack-context.ts";
import { readResource } from "./read-resources.ts";

/** As the engine shows it. */
export const PACK_NAME = "pgtopology";

/** What a single container must be is judged as soon as it is registered, before it is made. */
const OF_ONE_CONTAINER = CATALOGUE.filter(({ topic }) => topic === "containers");
const OF_THE_STACK = CATALOGUE.filter(({ topic }) => topic !== "containers");

const container: ResourceValidationPolicy = {
  name: "container",
  description: "What every container must be",
  enforcementLevel: "mandatory",
  configSchema: CONTEXT_SCHEMA,
  validateResource: (args, report) => {
    if (args.type !== CONTAINER_TYPE) args.notApplicable("not a Docker container");
    const context = packContext(args.getConfig(), []);
    const facts = factsFromDockerPlan([readResource(args)], context);
    // An URN is the engine's to add: a rule for one resource has one only.
    reportJudged(judgeAll(OF_ONE_CONTAINER, facts, "plan", FLOORS[context.environment]), report, () => args.urn);
  },
};

/**
 * One policy for everything that needs more than one resource: the engine hands all of them to each stack policy anew,
 * so that they are read once. It fails a preview; an `up` without one would have made the resources before it is asked.
 */
const topology: StackValidationPolicy = {
  name: "topology",
  description: "What the whole topology must be",
  enforcementLevel: "mandatory",
  configSchema: CONTEXT_SCHEMA,
  validateStack: (args, report) => {
    if (!args.resources.some(({ type }) => type === CONTAINER_TYPE)) args.notApplicable("no Docker container");
    const resources = args.resources.map(readResource);
    const context = packContext(args.getConfig(), resources);
    for (const own of byTopology(resources)) {
      const others = resources.filter((resource) => !own.includes(resource));
      const facts = factsFromDockerPlan(own, { ...context, others });
      const urns = new Map(own.map(({ name, urn }) => [name, urn]));
      reportJudged(judgeAll(OF_THE_STACK, facts, "plan", FLOORS[context.environment]), report, (message) => {
        const where = message.split(":", 1)[0] ?? "";
        return [...urns].find(([name]) => name === where || name.endsWith(`-${where}`))?.[1];
      });
    }
  },
};

/** Everything that the pack judges. */
export const policies: Policies = [container, topology, digitalOcean];
