import type { ContainerFacts } from "../../requirements/facts/containers.ts";
import type { PublishedPort } from "../../requirements/facts/network.ts";
import { unknownContainer } from "../../requirements/facts/nothing-known.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { LABELS } from "../../topology/names.ts";
import { DOCKER_DEFAULTS, GROWING_LOG_DRIVERS } from "./docker-defaults.ts";
import { imageMajor, runsServer } from "./docker-image.ts";
import { hostPathsOf, mountsOf, sharedMountsOf } from "./docker-mounts.ts";
import { flag, mapKnown, number, object, objects, type PlannedResource, text, texts } from "./planned-resource.ts";
import { secretVariables } from "./secret-variables.ts";

/** Pulumi's type of a container. */
export const CONTAINER_TYPE = "docker:index/container:Container";

/** What a planned container will be. */
export function containerFacts({ name, props }: PlannedResource): ContainerFacts {
  const capabilities = object(props, "capabilities");
  return {
    ...unknownContainer(name),
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
    cpuLimited: cpuLimited(props),
    sharedMemoryMiB: mapKnown(number(props, "shmSize"), (size) => size ?? DOCKER_DEFAULTS.sharedMemoryMiB),
    server: runsServer(props, labelOf(props, LABELS.part)),
    major: mapKnown(runsServer(props, labelOf(props, LABELS.part)), (server) =>
      server ? imageMajor(props) : undefined,
    ),
    readOnlyRoot: flag(props, "readOnly"),
    resourceLimits: mapKnown(objects(props, "ulimits"), (limits) => limits.map(({ name }) => String(name))),
    cgroupParent: mapKnown(text(props, "cgroupParent"), (parent) => parent ?? ""),
    user: mapKnown(text(props, "user"), (user) => user ?? UNKNOWN),
    restart: mapKnown(text(props, "restart"), (restart) => restart ?? DOCKER_DEFAULTS.restart),
    logLimited: logLimited(props),
    mounts: mountsOf(props),
    hostPaths: hostPathsOf(props),
    sharedMounts: sharedMountsOf(props),
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

/** A bound of any kind, or a weight against the others. */
function cpuLimited(props: PlannedResource["props"]): Known<boolean> {
  const bounds: readonly Known<boolean>[] = [
    ...["cpus", "cpuShares", "cpuQuota"].map((name) => mapKnown(number(props, name), (bound) => (bound ?? 0) > 0)),
    mapKnown(text(props, "cpuSet"), (set) => set !== undefined),
  ];
  if (bounds.includes(true)) return true;
  return bounds.includes(UNKNOWN) ? UNKNOWN : false;
}

function logLimited(props: PlannedResource["props"]): Known<boolean> {
  return mapKnown(object(props, "logOpts"), (options) => {
    if (options["max-size"] !== undefined) return true;
    return mapKnown(text(props, "logDriver"), (driver) =>
      driver === undefined ? UNKNOWN : !GROWING_LOG_DRIVERS.includes(driver),
    );
  });
}
