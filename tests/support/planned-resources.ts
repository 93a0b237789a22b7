import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import assert from "node:assert/strict";
import type { PlannedResource } from "../../facts/from-plan/planned-resource.ts";

/** What marks a wrapped secret on Pulumi's wire, by the SDK's own constant. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A resource that a program registered, with what the engine was told of it. */
export interface RecordedResource extends PlannedResource {
  /** The inputs with their secrets wrapped, as they were sent. */
  readonly sent: unknown;
  /** The same as it went to the engine: a secret wrapped where it stands, and not with all that is around it. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly options: RecordedOptions;
}

/** The options of a resource that tests ask for. Of resources, the names. */
export interface RecordedOptions {
  readonly parent: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  /** Both what was written and what follows from the inputs. */
  readonly dependsOn: readonly string[];
  /** `""` where the provider's own holds. */
  readonly createTimeout: string;
  /** Absent where the provider's own holds. */
  readonly deleteTimeout?: string;
}

/** What a program did. */
export interface Recording<T> {
  readonly result: T;
  /** In the order of their types and names. */
  readonly resources: readonly RecordedResource[];
  /** What components registered as their outputs, by name, with secrets wrapped. */
  readonly registered: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** How the program is run. */
export interface RecordingOptions {
  readonly preview?: boolean;
  /** What the cloud adds to the inputs of a resource, where it is made: in a preview it is not known. `id` is the program's name unless it is here. */
  readonly madeByCloud?: (type: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** What a function of the provider answers, by its name. */
  readonly answers?: Readonly<Record<string, Record<string, unknown>>>;
}

/** Runs a program against mocks, and waits until everything that it asks for is registered and known. */
export async function recordResources<T>(
  build: () => T | Promise<T>,
  options: RecordingOptions = {},
): Promise<Recording<T>> {
  const resources: RecordedResource[] = [];
  const registered: Record<string, unknown> = {};
  const warnings: string[] = [];
  const sent: Omit<RecordedResource, "props" | "sent">[] = [];
  const preview = options.preview ?? false;
  const mocks: pulumi.runtime.Mocks = {
    call: ({ token }) => options.answers?.[token] ?? {},
    newResource: ({ inputs: given, name, type }) => {
      const inputs = given as Readonly<Record<string, unknown>>;
      const request = sent.find((other) => other.type === type && other.name === name);
      assert.ok(request, `${type} ${name} was registered`);
      resources.push({ ...request, sent: inputs, props: unwrapped(inputs) as PlannedResource["props"] });
      if (preview) return { id: undefined, state: inputs };
      const { id, ...added } = options.madeByCloud?.(type, unwrapped(inputs) as typeof inputs) ?? {};
      return { id: typeof id === "string" ? id : name, state: { ...inputs, ...added } };
    },
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview);
  watchRequests({
    onResource: (request) => sent.push(request),
    onOutputs: (name, outputs) => (registered[name] = outputs),
  });
  const { warn } = console;
  // Without an engine, the SDK writes its diagnostics here.
  console.warn = (text: string) => void warnings.push(text.replace("warning: [runtime] ", ""));
  try {
    const result = await build();
    await pulumi.runtime.disconnect();
    resources.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    return { result, resources, registered, warnings };
  } finally {
    console.warn = warn;
  }
}

/** The value of an output; not in a preview, where one that is unknown never comes. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => void output.apply((value) => resolve(value as pulumi.Unwrap<T>)));
}

/** The one resource of that type and name. */
export function resourceOf(resources: readonly RecordedResource[], type: string, name: string): RecordedResource {
  const found = resources.filter((resource) => resource.type === type && resource.name === name);
  const [only] = found;
  assert.ok(only !== undefined && found.length === 1, `there is one ${type} ${name}, not ${found.length}`);
  return only;
}

/** Where a text stands in the open, outside every secret: paths such as `settings.userLabels.note`. */
export function openPlaces(value: unknown, text: string, path = ""): string[] {
  if (typeof value === "string") return value.includes(text) ? [path] : [];
  if (typeof value !== "object" || value === null || SIGNATURE in value) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key.includes(text) ? [`${path}.${key}`] : []),
    ...openPlaces(item, text, path === "" ? key : `${path}.${key}`),
  ]);
}

/** Secrets as the policy pack sees them: in plain text. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return unwrapped(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}

interface Watchers {
  readonly onResource: (request: Omit<RecordedResource, "props" | "sent">) => void;
  readonly onOutputs: (name: string, outputs: unknown) => void;
}

/** The mocks are told neither options nor dependencies nor what components put out; the requests have them. */
function watchRequests({ onOutputs, onResource }: Watchers): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: (request: RegisterResourceRequest, callback: unknown) => unknown;
    registerResourceOutputs: (request: RegisterResourceOutputsRequest, callback: unknown) => unknown;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    onResource({
      type: request.getType(),
      name: request.getName(),
      urn: urnOf(request),
      dependencies: dependenciesOf(request),
      wire: request.getObject()?.toJavaScript() ?? {},
      options: optionsOf(request),
    });
    return register(request, callback);
  };
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    onOutputs(nameOf(request.getUrn()), request.getOutputs()?.toJavaScript());
    return registerOutputs(request, callback);
  };
}

function optionsOf(request: RegisterResourceRequest): RecordedOptions {
  const deleteTimeout = request.getCustomtimeouts()?.getDelete() ?? "";
  return {
    parent: nameOf(request.getParent()),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    dependsOn: request.getDependenciesList().map(nameOf).sort(),
    createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
    ...(deleteTimeout !== "" && { deleteTimeout }),
  };
}

/** By property, as the engine tells the policy pack at the end of a preview. */
function dependenciesOf(request: RegisterResourceRequest): NonNullable<PlannedResource["dependencies"]> {
  const all = [...request.getPropertydependenciesMap().entries()] as [string, { getUrnsList(): string[] }][];
  return Object.fromEntries(
    all.map(([property, list]) => [
      property,
      list.getUrnsList().map((urn) => ({ urn, name: nameOf(urn), type: urn.split("::")[2]?.split("$").at(-1) ?? "" })),
    ]),
  );
}

/** As the engine makes it: the types of a resource and of those above it, and its name. */
function urnOf(request: RegisterResourceRequest): string {
  const above = request.getParent().split("::")[2];
  const types = above === undefined ? request.getType() : `${above}$${request.getType()}`;
  return `urn:pulumi:stack::project::${types}::${request.getName()}`;
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function idOf({ name, type }: RecordedResource): string {
  return `${type} ${name}`;
}
