import type { ContainerFacts, MountFacts } from "../../requirements/facts/containers.ts";
import type { PublishedPort } from "../../requirements/facts/network.ts";
import { unknownContainer } from "../../requirements/facts/nothing-known.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { LABELS } from "../../topology/names.ts";
import { DOCKER_DEFAULTS, GROWING_LOG_DRIVERS } from "./docker-defaults.ts";
import { flag, mapKnown, number, object, objects, type PlannedResource, text, texts } from "./planned-resource.ts";
import { secretVariables } from "./secret-variables.ts";

/** Pulumi's type of a container. */
export const CONTAINER_TYPE = "docker:index/container:Container";

/** What a planned container will be. */
export function containerFacts({ name: resourceName, props }: PlannedResource): ContainerFacts {
  const name = text(props, "name");
  const capabilities = object(props, "capabilities");
  return {
    ...unknownContainer(typeof name === "string" ? name : resourceName),
    part: labelOf(props, LABELS.part),
    // What the image says of itself does not count here: a plan does not show it.
    healthcheck: mapKnown(object(props, "healthcheck"), (check) =>
      mapKnown(texts(check, "tests"), (tests) => tests.length > 0 && tests[0] !== "NONE"),
    ),
    imagePinned: mapKnown(text(props, "image"), (image) =>
      /^(sha256:|[0-9a-f]{64}$)|@sha256:[0-9a-f]{64}$/.test(image ?? ""),
    ),
    networks: networks(props),
    hostNamespaces: hostNamespaces(props),
    privileged: flag(props, "privileged"),
    devices: mapKnown(objects(props, "devices"), (devices) => devices.map((device) => String(device.hostPath))),
    capabilitiesDropped: mapKnown(capabilities, (sets) => capabilityNames(texts(sets, "drops"))),
    capabilitiesAdded: mapKnown(capabilities, (sets) => capabilityNames(texts(sets, "adds"))),
    securityOptions: texts(props, "securityOpts"),
    memoryMiB: mapKnown(number(props, "memory"), (memory) => memory ?? DOCKER_DEFAULTS.memoryMiB),
    user: mapKnown(text(props, "user"), (user) => user ?? UNKNOWN),
    restart: mapKnown(text(props, "restart"), (restart) => restart ?? DOCKER_DEFAULTS.restart),
    logLimited: logLimited(props),
    mounts: mountsOf(props),
    secretVariables: secretVariables(props.envs),
    stopSignal: mapKnown(text(props, "stopSignal"), (signal) => signal ?? UNKNOWN),
    stopTimeoutSeconds: mapKnown(
      number(props, "stopTimeout"),
      (seconds) => seconds ?? DOCKER_DEFAULTS.stopTimeoutSeconds,
    ),
  };
}

/** Which topology and which part of it a container is; UNKNOWN without our label. */
export function labelOf(props: PlannedResource["props"], name: string): Known<string> {
  return mapKnown(objects(props, "labels"), (labels) => {
    const value = labels.find(({ label }) => label === name)?.value;
    return typeof value === "string" ? value : UNKNOWN;
  });
}

/** Ports that it will publish. */
export function publishedPorts(container: string, { props }: PlannedResource): Known<readonly PublishedPort[]> {
  return mapKnown<readonly Readonly<Record<string, unknown>>[], readonly PublishedPort[]>(
    objects(props, "ports"),
    (ports) => {
      const named = ports.map((port): PublishedPort => ({
        container,
        address: mapKnown(text(port, "ip"), (address) => address ?? DOCKER_DEFAULTS.portAddress),
        published: mapKnown(number(port, "external"), (external) => external ?? UNKNOWN),
      }));
      const all: PublishedPort = { container, address: DOCKER_DEFAULTS.portAddress, published: UNKNOWN };
      return mapKnown(flag(props, "publishAllPorts"), (every) => (every ? [...named, all] : named));
    },
  );
}

function networks(props: PlannedResource["props"]): Known<readonly string[]> {
  return mapKnown(objects(props, "networksAdvanced"), (advanced) => {
    // The provider takes the container out of the default bridge as soon as it is given a network.
    if (advanced.length > 0) {
      const known = advanced.map((network) => text(network, "name")).filter((name) => name !== UNKNOWN);
      return known.length < advanced.length ? UNKNOWN : known.map((name) => name ?? "");
    }
    return mapKnown(text(props, "networkMode"), (mode) => {
      if (mode === undefined || mode === "default") return [DOCKER_DEFAULTS.network];
      return mode === "host" ? [] : [mode];
    });
  });
}

const NAMESPACES = { network: "networkMode", pid: "pidMode", ipc: "ipcMode", user: "usernsMode" } as const;

function hostNamespaces(props: PlannedResource["props"]): Known<readonly string[]> {
  const modes = Object.entries(NAMESPACES).map(([namespace, name]) => ({ namespace, mode: text(props, name) }));
  const shared = modes.filter(({ mode }) => mode === "host").map(({ namespace }) => namespace);
  return shared.length === 0 && modes.some(({ mode }) => mode === UNKNOWN) ? UNKNOWN : shared;
}

function capabilityNames(names: Known<readonly string[]>): Known<readonly string[]> {
  return mapKnown(names, (list) => list.map((name) => name.replace(/^CAP_/i, "").toUpperCase()));
}

function logLimited(props: PlannedResource["props"]): Known<boolean> {
  return mapKnown(object(props, "logOpts"), (options) => {
    if (options["max-size"] !== undefined) return true;
    return mapKnown(text(props, "logDriver"), (driver) =>
      driver === undefined ? UNKNOWN : !GROWING_LOG_DRIVERS.includes(driver),
    );
  });
}

/** Named and anonymous volumes, folders of the host, and memory, by both of the provider's ways to say so. */
function mountsOf(props: PlannedResource["props"]): Known<readonly MountFacts[]> {
  return mapKnown(objects(props, "volumes"), (volumes) =>
    mapKnown(objects(props, "mounts"), (mounts) => {
      const all = [...volumes.map(fromVolume), ...mounts.map(fromMount), ...memory(props)];
      const known = all.filter((mount) => mount !== UNKNOWN);
      return known.length < all.length ? UNKNOWN : known;
    }),
  );
}

function fromVolume(volume: PlannedResource["props"]): Known<MountFacts> {
  return mount(
    text(volume, "containerPath"),
    flag(volume, "readOnly"),
    text(volume, "volumeName"),
    text(volume, "hostPath"),
  );
}

function fromMount(props: PlannedResource["props"]): Known<MountFacts> {
  const source = text(props, "source");
  return mapKnown(text(props, "type"), (type) => {
    const target = text(props, "target");
    if (type === "tmpfs") return mapKnown(target, (path) => ({ ...MEMORY, target: path ?? "" }));
    const volume = type === "volume" ? source : undefined;
    return mount(target, flag(props, "readOnly"), volume, type === "bind" ? source : undefined);
  });
}

function mount(
  target: Known<string | undefined>,
  readOnly: Known<boolean>,
  volume: Known<string | undefined>,
  hostPath: Known<string | undefined>,
): Known<MountFacts> {
  if (target === UNKNOWN || readOnly === UNKNOWN || volume === UNKNOWN || hostPath === UNKNOWN) return UNKNOWN;
  const kind = volume !== undefined ? "volume" : hostPath !== undefined ? "bind" : "anonymous";
  return { kind, source: volume ?? hostPath ?? "", target: target ?? "", readOnly };
}

const MEMORY = { kind: "tmpfs", source: "", readOnly: false } as const;

function memory(props: PlannedResource["props"]): Known<MountFacts>[] {
  const paths = object(props, "tmpfs");
  return paths === UNKNOWN ? [UNKNOWN] : Object.keys(paths).map((target) => ({ ...MEMORY, target }));
}
