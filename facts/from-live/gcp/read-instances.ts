import { EXIT, messageOf, PgtError } from "../../../kernel/errors.ts";
import type { InstanceFacts, InstancesFacts } from "../../../requirements/facts/instances.ts";
import { unknownInstance } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { cloudName } from "../../../topology/names.ts";
import { instancesOf } from "../../../topology/resolved-gcp.ts";
import { wishedInstance } from "../../from-spec-gcp.ts";
import type { CloudAccess } from "./cloud-access.ts";
import type { InstanceAnswer } from "./cloud-sql-api.ts";
import { type AnswerContext, foundInstance } from "./found-instance.ts";
import { flagDifferences, instanceDifferences } from "./instance-differences.ts";

/** What the cloud said of each instance, by part; `undefined`: there is none of that name. */
export type Answers = ReadonlyMap<string, InstanceAnswer | Missing | undefined>;

/**
 * Asks for every instance of the topology.
 * @throws {PgtError} exit code 3 where the caller may not ask: nothing else could be checked either
 */
export async function askForInstances({ api, signal, suffix, topology }: CloudAccess): Promise<Answers> {
  const asked = instancesOf(topology).map(async ({ part }): Promise<[string, InstanceAnswer | Missing | undefined]> => {
    try {
      return [part, await api.getInstance(cloudName(topology.stack, part, suffix))];
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PgtError && error.exitCode === EXIT.couldNotCheck) throw error;
      return [part, new Missing("unknown", `could not ask for ${part}: ${messageOf(error)}`)];
    }
  });
  return new Map(await Promise.all(asked));
}

/** The facts of every instance, each beside what it was wished to be. */
export function instancesFacts(access: CloudAccess, answers: Answers): InstancesFacts {
  const { now, project, suffix, topology } = access;
  const parts = new Map(instancesOf(topology).map(({ part }) => [cloudName(topology.stack, part, suffix), part]));
  const partOf: AnswerContext["partOf"] = (name) => {
    const own = name.startsWith(`${project}:`) ? name.slice(project.length + 1) : name;
    return parts.get(own) ?? own;
  };
  const primary = answers.get(topology.primary.part);
  return {
    instances: instancesOf(topology).map((instance) => {
      const wished = wishedInstance(topology, instance);
      return instanceFacts(wished, answers.get(instance.part), { now, partOf });
    }),
    designated: designatedBy(primary, partOf),
  };
}

/** "Optional": without the block no replica is designated. */
function designatedBy(
  primary: InstanceAnswer | Missing | undefined,
  partOf: AnswerContext["partOf"],
): Fact<string | undefined> {
  if (primary instanceof Missing) return primary;
  if (primary === undefined) return new Missing("not-applicable", ABSENT);
  const name = primary.replicationCluster?.failoverDrReplicaName;
  return name === undefined || name === "" ? undefined : partOf(name);
}

const ABSENT = "it is not there, which instances/running judges";

function instanceFacts(
  wished: InstanceFacts,
  answer: InstanceAnswer | Missing | undefined,
  context: AnswerContext,
): InstanceFacts {
  if (answer instanceof Missing) return { ...every(wished, answer), state: answer };
  if (answer === undefined) return { ...every(wished, new Missing("not-applicable", ABSENT)), state: "absent" };
  const found = foundInstance(answer, wished.role, context);
  return {
    ...unknownInstance(wished.part, wished.role),
    ...found,
    differences: instanceDifferences(wished, found),
    flagDifferences:
      isKnown(wished.flags) && isKnown(found.flags) ? flagDifferences(wished.part, wished.flags, found.flags) : [],
  };
}

/** An instance of which every fact is missing for the same reason. */
function every({ part, role }: InstanceFacts, missing: Missing): InstanceFacts {
  const names = Object.keys(unknownInstance(part, role));
  return { ...(Object.fromEntries(names.map((name) => [name, missing])) as unknown as InstanceFacts), part, role };
}
