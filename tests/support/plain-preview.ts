import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { createContext } from "../../cli/context.ts";
import { setUpEngine } from "../../cli/stack/machine-parts.ts";
import { placeOf } from "../../cli/stack/place.ts";
import { inlineProgram } from "../../cli/stack/plan.ts";
import type { Engine } from "../../cli/stack/pulumi-command.ts";
import { openEngineStack } from "../../cli/stack/workspace.ts";
import type { CloudStack } from "./cloud-stack.ts";

/** The engine as the commands of a stack have it. */
export async function engineOf(stack: CloudStack): Promise<Engine> {
  const context = createContext();
  const { env, ...engine } = await setUpEngine(context, placeOf(context, { stack: stack.name }), "gcp");
  return { ...engine, env: { ...definedOnly(stack.env), ...env } };
}

/** What a `pulumi preview` without `--refresh` would change, as in `update prod-primary: settings`. */
export async function previewWithoutLooking(stack: CloudStack): Promise<readonly string[]> {
  const engine = await engineOf(stack);
  const opened = await openEngineStack(engine, placeOf(createContext(), { stack: stack.name }), inlineProgram);
  const changes: string[] = [];
  const onEvent = ({ resourcePreEvent }: EngineEvent): void => {
    const step = resourcePreEvent?.metadata;
    if (step === undefined || step.op === "same") return;
    changes.push(`${step.op} ${step.urn.split("::").at(-1) ?? ""}: ${(step.diffs ?? []).join(", ")}`);
  };
  await opened.preview({ onEvent, color: "never" });
  return changes;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
