import { createRequire } from "node:module";
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

/** Sends all resources, as the engine does at the end of a preview. */
export function analyzeStack(resources: readonly SentResource[]): Promise<Diagnostic[]> {
  const request = message("AnalyzeStackRequest");
  request.setResourcesList?.(resources.map((resource) => filled("AnalyzerResource", resource)));
  return ask("makeAnalyzeStackRpcFun", request);
}

function filled(kind: string, { type, name, props }: SentResource): Message {
  const request = message(kind);
  request.setType?.(type);
  request.setName?.(name);
  request.setUrn?.(`urn:pulumi:unit::unit::${type}::${name}`);
  request.setProperties?.(Struct.fromJavaScript(props));
  const options = message("AnalyzerResourceOptions");
  options.setCustomtimeouts?.(message("AnalyzerResourceOptions.CustomTimeouts"));
  request.setOptions?.(options);
  return request;
}

function message(path: string): Message {
  const Kind = path.split(".").reduce<unknown>((holder, name) => (holder as Record<string, unknown>)[name], messages);
  return new (Kind as new () => Message)();
}

async function ask(handler: string, request: Message): Promise<Diagnostic[]> {
  const make = server[handler];
  if (make === undefined) throw new Error(`@pulumi/policy has no ${handler}`);
  return new Promise((resolve, reject) => {
    void make(
      "pgtopology",
      "0.0.0",
      "advisory",
      policies,
    )({ request }, (error, response) => {
      if (error) reject(error);
      else resolve((response?.toObject?.() as { diagnosticsList: Diagnostic[] }).diagnosticsList);
    });
  });
}
