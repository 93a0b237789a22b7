import { runtime } from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { POLICIES_KEY } from "../../../config/keys.ts";
import { policies } from "../../../policies/pack.ts";

// The SDK's own request handlers, with its own proxies and its own (de)serialising, but without engine and network.
const load = createRequire(createRequire(import.meta.url).resolve("@pulumi/policy"));
const server = load("./server.js") as Record<string, (...pack: unknown[]) => Handler>;
const messages = load("@pulumi/pulumi/proto/analyzer_pb.js") as Record<string, new () => Message>;
const { Struct } = load("google-protobuf/google/protobuf/struct_pb.js") as {
  Struct: { fromJavaScript(value: object): unknown };
};

type Message = Record<string, (...values: unknown[]) => unknown>;
type Handler = (
  call: { request: Message },
  done: (error: Error | null | undefined, response?: Message) => void,
) => Promise<void>;

/** What the engine sends instead of text that is not known yet. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** How the engine marks a secret on the wire. */
export function secret(value: string): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** A resource as the engine sends it. */
export interface SentResource {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** Seconds. */
  readonly timeouts?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  readonly provider?: { readonly type: string; readonly name: string; readonly props: object };
  /** By property: names of resources that its value comes from. At the end of a preview only. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** Tells the pack its settings by the stack's configuration, as the engine does; none are the defaults. */
export function tell(settings?: object): void {
  runtime.setAllConfig(settings === undefined ? {} : { [POLICIES_KEY]: JSON.stringify(settings) });
}

/** What the pack answers of one violation. */
export interface Diagnostic {
  readonly policyname: string;
  readonly message: string;
  readonly urn: string;
  readonly enforcementlevel: number;
}

/** As the protocol numbers them. */
export const LEVEL = { advisory: 0, mandatory: 1 } as const;

/** Sends one resource, as the engine does before it is made. */
export function analyze(resource: SentResource): Promise<Diagnostic[]> {
  return ask("makeAnalyzeRpcFun", filled("AnalyzeRequest", resource));
}

/** Sends one resource to be mended, as the engine does before it is judged: what each remediation made of it. */
export async function remediate(resource: SentResource): Promise<{ policyname: string; properties: unknown }[]> {
  const response = await send("makeRemediateRpcFun", filled("AnalyzeRequest", resource));
  const list = response.getRemediationsList?.() as Message[];
  return list.map((one) => ({
    policyname: String(one.getPolicyname?.()),
    properties: (one.getProperties?.() as Message | undefined)?.toJavaScript?.(),
  }));
}

/** Sends all resources, as the engine does at the end of a preview. */
export function analyzeStack(resources: readonly SentResource[]): Promise<Diagnostic[]> {
  const request = message("AnalyzeStackRequest");
  const urns = new Map(resources.map((resource) => [resource.name, urnOf(resource)]));
  request.setResourcesList?.(
    resources.map((resource) => {
      const sent = filled("AnalyzerResource", resource);
      const map = sent.getPropertydependenciesMap?.() as Map<string, Message>;
      for (const [property, names] of Object.entries(resource.dependencies ?? {})) {
        const list = message("AnalyzerPropertyDependencies");
        list.setUrnsList?.(names.map((name) => urns.get(name)));
        map.set(property, list);
      }
      return sent;
    }),
  );
  return ask("makeAnalyzeStackRpcFun", request);
}

function urnOf({ name, type }: SentResource): string {
  return `urn:pulumi:unit::unit::${type}::${name}`;
}

function filled(kind: string, resource: SentResource): Message {
  const request = message(kind);
  request.setType?.(resource.type);
  request.setName?.(resource.name);
  request.setUrn?.(urnOf(resource));
  request.setProperties?.(Struct.fromJavaScript(resource.props));
  request.setOptions?.(options(resource));
  if (resource.provider) {
    const { name, props, type } = resource.provider;
    const provider = message("AnalyzerProviderResource");
    provider.setType?.(type);
    provider.setName?.(name);
    provider.setUrn?.(`urn:pulumi:unit::unit::${type}::${name}`);
    provider.setProperties?.(Struct.fromJavaScript(props));
    request.setProvider?.(provider);
  }
  return request;
}

function options({ deleteBeforeReplace, ignoreChanges = [], protect = false, timeouts = {} }: SentResource): Message {
  const sent = message("AnalyzerResourceOptions");
  sent.setProtect?.(protect);
  sent.setIgnorechangesList?.(ignoreChanges);
  if (deleteBeforeReplace !== undefined) {
    sent.setDeletebeforereplacedefined?.(true);
    sent.setDeletebeforereplace?.(deleteBeforeReplace);
  }
  const times = message("AnalyzerResourceOptions.CustomTimeouts");
  times.setCreate?.(timeouts.create ?? 0);
  times.setUpdate?.(timeouts.update ?? 0);
  times.setDelete?.(timeouts.delete ?? 0);
  sent.setCustomtimeouts?.(times);
  return sent;
}

function message(path: string): Message {
  const Kind = path.split(".").reduce<unknown>((holder, name) => (holder as Record<string, unknown>)[name], messages);
  return new (Kind as new () => Message)();
}

async function ask(handler: string, request: Message): Promise<Diagnostic[]> {
  const response = await send(handler, request);
  return (response.toObject?.() as { diagnosticsList: Diagnostic[] }).diagnosticsList;
}

function send(handler: string, request: Message): Promise<Message> {
  const make = server[handler];
  if (make === undefined) throw new Error(`@pulumi/policy has no ${handler}`);
  return new Promise((resolve, reject) => {
    void make(
      "pgtopology",
      "0.0.0",
      "advisory",
      policies,
    )({ request }, (error, response) => {
      if (error || response === undefined) reject(error ?? new Error(`${handler} answered nothing`));
      else resolve(response);
    });
  });
}
