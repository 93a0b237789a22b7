import type { DockerCalls } from "./docker-calls.ts";
import type { Properties } from "./properties.ts";
import type { ResourceShape } from "./property-shape.ts";

/** What a resource does in Docker. Properties are plain here: the service takes the marks off and puts them back. */
export interface ResourceType {
  readonly shape: ResourceShape;
  /** True when a new one cannot stand beside the old one. */
  deleteBeforeReplace(olds: Properties, news: Properties): boolean;
  /** `outputs` are those that Docker computes; the inputs are added by the caller. */
  create(inputs: Properties, docker: DockerCalls, options: CreateOptions): Promise<Created>;
  /** The resource as it is, or `undefined` when it is gone. `known` are the inputs of the state, none on an import. */
  read(id: string, known: Properties | undefined, docker: DockerCalls): Promise<ReadBack | undefined>;
  /** Changes in place what can be; gives the outputs that changed with it. */
  update(id: string, news: Properties, docker: DockerCalls): Promise<Properties>;
  delete(id: string, known: Properties, docker: DockerCalls): Promise<void>;
}

interface CreateOptions {
  /** The resource's own `customTimeouts.create`. */
  readonly timeoutMs: number | undefined;
}

interface Created {
  readonly id: string;
  readonly outputs: Properties;
}

interface ReadBack {
  /** The official id, also when the import named another one, such as a container's name. */
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}
