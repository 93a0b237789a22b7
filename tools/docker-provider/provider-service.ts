import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { OFFICIAL_REMEDY } from "./check.ts";
import { announceStandIn } from "./engine-log.ts";
import { unary } from "./grpc-unary.ts";

/** The version whose names, shapes and ids the stand-in keeps to. */
const OFFICIAL_VERSION = "5.2.0";

/** `version` is the engine's own; the others are those of the official plugin that mean nothing but their default here. */
const KNOWN_SETTINGS = ["host", "version"];

type CheckRequest = InstanceType<typeof proto.CheckRequest>;
type DiffRequest = InstanceType<typeof proto.DiffRequest>;
type ConfigureRequest = InstanceType<typeof proto.ConfigureRequest>;

function handshake(): InstanceType<typeof proto.ProviderHandshakeResponse> {
  return new proto.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true).setAcceptOutputs(true);
}

function checkConfig(request: CheckRequest): InstanceType<typeof proto.CheckResponse> {
  const news = request.getNews() ?? new structs.Struct();
  const response = new proto.CheckResponse().setInputs(news);
  for (const property of Object.keys(news.toJavaScript())) {
    if (KNOWN_SETTINGS.includes(property)) continue;
    const reason = `the stand-in for the docker plugin does not know this setting: ${OFFICIAL_REMEDY}`;
    response.addFailures(new proto.CheckFailure().setProperty(property).setReason(reason));
  }
  return response;
}

/** Another address of the same engine is no other container: nothing is ever replaced. */
function diffConfig(request: DiffRequest): InstanceType<typeof proto.DiffResponse> {
  const [before, after] = [request.getOlds(), request.getNews()].map((struct) => struct?.toJavaScript().host);
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse().setChanges(before === after ? DIFF_NONE : DIFF_SOME);
  return before === after ? response : response.setDiffsList(["host"]);
}

function invoke(): never {
  throw new Error(`the stand-in for the docker plugin has no functions: ${OFFICIAL_REMEDY}`);
}

/** The calls of the ResourceProvider service that are about the plugin itself. */
export function providerService(engineAddress: string | undefined, cancel: () => void): UntypedServiceImplementation {
  const configure = (request: ConfigureRequest): InstanceType<typeof proto.ConfigureResponse> => {
    const host = request.getArgs()?.toJavaScript().host;
    if (typeof host === "string" && host !== "") process.env.DOCKER_HOST = host;
    if (engineAddress !== undefined) announceStandIn(engineAddress);
    return new proto.ConfigureResponse()
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setAcceptoutputs(true)
      .setSupportspreview(true);
  };
  const schema = JSON.stringify({ name: "docker", version: OFFICIAL_VERSION });
  return {
    handshake: unary(handshake),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(OFFICIAL_VERSION)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema(schema)),
    checkConfig: unary(checkConfig),
    diffConfig: unary(diffConfig),
    configure: unary(configure),
    invoke: unary(invoke),
    attach: unary(() => undefined),
    cancel: unary(cancel),
  };
}
