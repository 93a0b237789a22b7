import type { ContainerInspectInfo } from "dockerode";
import type { ContainerFacts, MountFacts } from "../../requirements/facts/containers.ts";
import type { PublishedPort } from "../../requirements/facts/network.ts";
import { LABELS } from "../../topology/names.ts";
import { UNKNOWN } from "../../requirements/known.ts";
import { DOCKER_DEFAULTS, GROWING_LOG_DRIVERS } from "../from-plan/docker-defaults.ts";
import { secretVariables } from "../from-plan/secret-variables.ts";

const MIB = 1_048_576;
/** Docker names a volume that nobody named by 64 hexadecimal digits. */
const ANONYMOUS = /^[0-9a-f]{64}$/;

/** What the API has and @types/dockerode has not. */
type WithStop = ContainerInspectInfo["Config"] & {
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
};

/** Reads `docker inspect` of a container. */
export function inspectedContainer(name: string, part: string, info: ContainerInspectInfo): ContainerFacts {
  const { Config, HostConfig } = info;
  const stop = Config as WithStop;
  return {
    name,
    part: Config.Labels[LABELS.part] ?? part,
    condition: conditionOf(info),
    healthcheck: (Config.Healthcheck?.Test ?? []).some((word, at) => at > 0 || word !== "NONE"),
    imagePinned: /^(sha256:)?[0-9a-f]{64}$|@sha256:[0-9a-f]{64}$/.test(Config.Image),
    networks: Object.keys(info.NetworkSettings.Networks),
    hostNamespaces: Object.entries({
      network: HostConfig.NetworkMode,
      pid: HostConfig.PidMode,
      ipc: HostConfig.IpcMode,
      user: HostConfig.UsernsMode,
    }).flatMap(([namespace, mode]) => (mode === "host" ? [namespace] : [])),
    privileged: HostConfig.Privileged ?? false,
    devices: (HostConfig.Devices as { PathOnHost: string }[] | null | undefined)?.map((d) => d.PathOnHost) ?? [],
    capabilitiesDropped: capabilityNames(HostConfig.CapDrop),
    capabilitiesAdded: capabilityNames(HostConfig.CapAdd),
    securityOptions: (HostConfig.SecurityOpt as string[] | null | undefined) ?? [],
    memoryMiB: (HostConfig.Memory ?? 0) / MIB,
    cpuLimited: [HostConfig.NanoCpus, HostConfig.CpuQuota, HostConfig.CpuShares].some((bound) => (bound ?? 0) > 0),
    sharedMemoryMiB: (HostConfig.ShmSize ?? 0) / MIB,
    server: isServer(Config.Labels[LABELS.part] ?? part),
    // It says so itself, by SQL.
    major: UNKNOWN,
    readOnlyRoot: HostConfig.ReadonlyRootfs ?? false,
    resourceLimits: (HostConfig.Ulimits ?? []).map(({ Name }) => String(Name)),
    cgroupParent: HostConfig.CgroupParent ?? "",
    user: Config.User,
    restart: HostConfig.RestartPolicy?.Name === "" ? DOCKER_DEFAULTS.restart : (HostConfig.RestartPolicy?.Name ?? "no"),
    logLimited: logLimited(HostConfig.LogConfig),
    mounts: [...info.Mounts.map(mountOf), ...memoryOf(HostConfig.Tmpfs)],
    hostPaths: info.Mounts.flatMap(({ Source, Type }) => (Type === "bind" ? [Source] : [])),
    sharedMounts: info.Mounts.flatMap(({ Destination, Propagation }) =>
      ["shared", "rshared", "slave", "rslave"].includes(Propagation) ? [Destination] : [],
    ),
    secretVariables: secretVariables(Config.Env),
    stopSignal: stop.StopSignal ?? UNKNOWN,
    stopTimeoutSeconds: stop.StopTimeout ?? DOCKER_DEFAULTS.stopTimeoutSeconds,
  };
}

/** Ports that Docker was told to publish; they are told of a stopped container too. */
export function inspectedPorts(container: string, { HostConfig }: ContainerInspectInfo): PublishedPort[] {
  const bindings = (HostConfig.PortBindings ?? {}) as Record<string, { HostIp?: string; HostPort: string }[] | null>;
  return Object.values(bindings).flatMap((ports) =>
    (ports ?? []).map(({ HostIp, HostPort }) => ({
      container,
      address: HostIp === undefined || HostIp === "" ? DOCKER_DEFAULTS.portAddress : HostIp,
      published: Number(HostPort),
    })),
  );
}

/** The health where it runs and has a check, else Docker's word for its state. */
function conditionOf({ State }: ContainerInspectInfo): string {
  if (State.Status !== "running") return State.Status;
  const health = State.Health?.Status;
  return health === undefined || health === "none" ? "running" : health;
}

function isServer(part: string): boolean {
  return part === "primary" || part.startsWith("replica-");
}

function capabilityNames(names: unknown): string[] {
  return Array.isArray(names) ? names.map((name) => String(name).replace(/^CAP_/i, "").toUpperCase()) : [];
}

function logLimited(config: ContainerInspectInfo["HostConfig"]["LogConfig"]): boolean {
  if (config === undefined) return false;
  const options = (config.Config ?? {}) as Readonly<Record<string, string>>;
  return options["max-size"] !== undefined || !GROWING_LOG_DRIVERS.includes(config.Type);
}

function mountOf(mount: ContainerInspectInfo["Mounts"][number]): MountFacts {
  const volume = mount.Type === "volume";
  const name = volume && !ANONYMOUS.test(mount.Name ?? "") ? mount.Name : undefined;
  const kind = name !== undefined ? "volume" : volume ? "anonymous" : mount.Type === "tmpfs" ? "tmpfs" : "bind";
  return {
    kind,
    source: name ?? (kind === "bind" ? mount.Source : ""),
    target: mount.Destination,
    readOnly: !mount.RW,
  };
}

function memoryOf(tmpfs: unknown): MountFacts[] {
  return Object.keys(tmpfs ?? {}).map((target) => ({ kind: "tmpfs", source: "", target, readOnly: false }));
}
