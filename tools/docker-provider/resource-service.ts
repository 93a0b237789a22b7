import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { checkInputs, OFFICIAL_REMEDY } from "./check.ts";
import { diffInputs, type PropertyChange } from "./detailed-diff.ts";
import type { DockerCalls } from "./docker-calls.ts";
import { unary } from "./grpc-unary.ts";
import { redact, revealAll, sealLike, secretTexts, UNKNOWN, type Properties } from "./properties.ts";
import type { Lifetime } from "./lifetime.ts";
import type { ResourceType } from "./resource-type.ts";
import { container } from "./resources/container.ts";
import { network } from "./resources/network.ts";
import { remoteImage } from "./resources/remote-image.ts";
import { volume } from "./resources/volume.ts";
import { stateOf } from "./state.ts";

type CheckRequest = InstanceType<typeof proto.CheckRequest>;
type CheckResponse = InstanceType<typeof proto.CheckResponse>;
type DiffRequest = InstanceType<typeof proto.DiffRequest>;
type DiffResponse = InstanceType<typeof proto.DiffResponse>;
type CreateRequest = InstanceType<typeof proto.CreateRequest>;
type ReadRequest = InstanceType<typeof proto.ReadRequest>;
type UpdateRequest = InstanceType<typeof proto.UpdateRequest>;
type DeleteRequest = InstanceType<typeof proto.DeleteRequest>;

const TYPES = new Map([container, network, remoteImage, volume].map((type) => [type.shape.type, type]));

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>` */
function typeOf(urn: string): ResourceType {
  const name = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const type = TYPES.get(name);
  if (!type) throw new Error(`the stand-in for the docker plugin does not know the type ${name}: ${OFFICIAL_REMEDY}`);
  return type;
}

function fromStruct(struct: structs.Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function toStruct(properties: Properties): structs.Struct {
  return structs.Struct.fromJavaScript(properties);
}

/** Runs `act`, which may quote a container's log, and takes the secrets of `inputs` out of the error that it may throw. */
async function withoutSecretsInErrors<T>(inputs: Properties, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The cause is left out: it may quote what the message no longer does.
    // eslint-disable-next-line preserve-caught-error
    throw new Error(redact(message, secretTexts(inputs)));
  }
}

function check(request: CheckRequest): CheckResponse {
  const { shape } = typeOf(request.getUrn());
  const { inputs, failures } = checkInputs(shape, fromStruct(request.getNews()));
  const response = new proto.CheckResponse().setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    response.addFailures(new proto.CheckFailure().setProperty(property).setReason(reason));
  }
  return response;
}

function diff(request: DiffRequest): DiffResponse {
  const type = typeOf(request.getUrn());
  const olds = fromStruct(request.hasOldInputs() ? request.getOldInputs() : request.getOlds());
  const news = fromStruct(request.getNews());
  const changes = diffInputs(type.shape, olds, news);
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse().setHasdetaileddiff(true);
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList(topLevel(changes));
  response.setReplacesList(topLevel(changes.filter((change) => change.replaces)));
  response.setDeletebeforereplace(
    changes.some((change) => change.replaces) && type.deleteBeforeReplace(revealAll(olds), revealAll(news)),
  );
  for (const change of changes) {
    response.getDetaileddiffMap().set(change.path, new proto.PropertyDiff().setKind(kindOf(change)).setInputdiff(true));
  }
  return response;
}

function topLevel(changes: readonly PropertyChange[]): string[] {
  return [...new Set(changes.map(({ path }) => path.split(/[.[]/u)[0] ?? path))];
}

function kindOf({ kind, replaces }: PropertyChange): proto.PropertyDiff.Kind {
  const kinds = proto.PropertyDiff.Kind;
  switch (kind) {
    case "add":
      return replaces ? kinds.ADD_REPLACE : kinds.ADD;
    case "delete":
      return replaces ? kinds.DELETE_REPLACE : kinds.DELETE;
    case "update":
      return replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE;
  }
}

/** The calls of the ResourceProvider service that are about a resource. */
export function resourceService(docker: DockerCalls, track: Lifetime["track"]): UntypedServiceImplementation {
  const create = async (request: CreateRequest) => {
    const type = typeOf(request.getUrn());
    const inputs = fromStruct(request.getProperties());
    if (request.getPreview()) {
      const unknown = Object.fromEntries(type.shape.computed.map((name) => [name, UNKNOWN]));
      return new proto.CreateResponse().setProperties(toStruct(stateOf(type.shape, inputs, unknown)));
    }
    const timeoutMs = request.getTimeout() > 0 ? request.getTimeout() * 1000 : undefined;
    const { id, outputs } = await withoutSecretsInErrors(inputs, () =>
      type.create(revealAll(inputs), docker, { timeoutMs }),
    );
    return new proto.CreateResponse().setId(id).setProperties(toStruct(stateOf(type.shape, inputs, outputs)));
  };
  const read = async (request: ReadRequest) => {
    const type = typeOf(request.getUrn());
    const known = fromStruct(request.getInputs());
    const imported = Object.keys(known).length === 0;
    const found = await type.read(request.getId(), imported ? undefined : revealAll(known), docker);
    if (!found) return new proto.ReadResponse();
    const inputs = imported ? checkInputs(type.shape, found.inputs).inputs : sealLike(found.inputs, known);
    return new proto.ReadResponse()
      .setId(found.id)
      .setInputs(toStruct(inputs))
      .setProperties(toStruct(stateOf(type.shape, inputs, found.outputs)));
  };
  const update = async (request: UpdateRequest) => {
    const type = typeOf(request.getUrn());
    const olds = fromStruct(request.getOlds());
    const news = fromStruct(request.getNews());
    const computed = Object.fromEntries(type.shape.computed.map((name) => [name, olds[name] ?? null]));
    const changed = request.getPreview()
      ? {}
      : await withoutSecretsInErrors(news, () => type.update(request.getId(), revealAll(news), docker));
    return new proto.UpdateResponse().setProperties(toStruct(stateOf(type.shape, news, { ...computed, ...changed })));
  };
  const remove = async (request: DeleteRequest) => {
    const known = fromStruct(request.getProperties());
    await typeOf(request.getUrn()).delete(request.getId(), revealAll(known), docker);
  };
  return {
    check: unary(check),
    diff: unary(diff),
    create: unary((request: CreateRequest) => track(create(request))),
    read: unary(read),
    update: unary((request: UpdateRequest) => track(update(request))),
    delete: unary((request: DeleteRequest) => track(remove(request))),
  };
}
