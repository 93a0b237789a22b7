import type { PlanContext } from "../facts/from-plan/docker.ts";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { readOnce } from "../facts/from-plan/read-once.ts";
import { type Environment, type Floors, FLOORS } from "../requirements/floors.ts";
import { environmentTag, field } from "./environment-tag.ts";
import type { PolicySettings } from "./settings.ts";

/** What the rules need to know beside the resources. */
export interface PackContext extends PlanContext {
  readonly floors: Floors;
}

/** By the settings, else by what the topology's own component or its resources say of themselves, else on the safe side. */
export function packContext(
  settings: PolicySettings,
  resources: readonly PlannedResource[],
  now = new Date(),
): PackContext {
  const components = resources.filter(({ type }) => type.startsWith("pgtopology:")).map(({ props }) => props);
  const told = components.flatMap((component) => [component, component.outputs]);
  const environment =
    settings.environment ??
    [...told.map((one) => field(one, "environment")), ...resources.map(environmentTag)].find(isEnvironment) ??
    "prod";
  const address = components.map((component) => field(component, "address")).find((value) => typeof value === "string");
  return {
    floors: settings.floors === undefined ? FLOORS[environment] : ownFloors(settings.floors)[environment],
    now,
    wishedAddresses: settings.addresses ?? (address === undefined ? [] : [address]),
    ...(settings.regions !== undefined && { allowedRegions: settings.regions }),
  };
}

/** The same ones for each resource of a stack, which is asked by them. */
const ownFloors = readOnce((own: Partial<Floors>): Readonly<Record<Environment, Floors>> => ({
  local: { ...FLOORS.local, ...own },
  staging: { ...FLOORS.staging, ...own },
  prod: { ...FLOORS.prod, ...own },
}));

function isEnvironment(value: unknown): value is Environment {
  return typeof value === "string" && Object.hasOwn(FLOORS, value);
}
