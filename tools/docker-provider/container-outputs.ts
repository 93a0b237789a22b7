import type Dockerode from "dockerode";
import { durationOf } from "./durations.ts";
import type { Properties, Property } from "./properties.ts";
import { labelsOf } from "./property-shape.ts";

const MIB = 1024 * 1024;

/** As Docker answers: dockerode's types leave the last two out, and promise lists where Docker says null. */
type Config = Omit<Dockerode.ContainerInspectInfo["Config"], "Cmd" | "Env"> & {
  readonly Cmd: readonly string[] | null;
  readonly Env: readonly string[] | null;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
};

/** What Docker computes for a container, under the official names. */
export function containerOutputs(found: Dockerode.ContainerInspectInfo): Properties {
  const { HostConfig: host } = found;
  const config: Config = found.Config;
  return {
    bridge: "",
    command: config.Cmd ?? [],
    containerLogs: null,
    entrypoints: listOf(config.Entrypoint),
    envs: config.Env ?? [],
    exitCode: found.State.Running ? 0 : found.State.ExitCode,
    ...(config.Healthcheck && { healthcheck: healthcheckOf(config.Healthcheck) }),
    hostname: config.Hostname,
    init: host.Init ?? false,
    ipcMode: host.IpcMode ?? "",
    labels: labelsOf(config.Labels),
    logDriver: host.LogConfig?.Type ?? "",
    networkDatas: Object.entries(found.NetworkSettings.Networks).map(networkData),
    runtime: host.Runtime ?? "",
    securityOpts: listOf(host.SecurityOpt as string[] | null | undefined),
    shmSize: (host.ShmSize ?? 0) / MIB,
    stopSignal: config.StopSignal ?? "",
    stopTimeout: config.StopTimeout ?? 0,
  };
}

function listOf(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function networkData([networkName, network]: [string, Dockerode.NetworkInfo]): Properties {
  return {
    networkName,
    gateway: network.Gateway,
    globalIpv6Address: network.GlobalIPv6Address,
    globalIpv6PrefixLength: network.GlobalIPv6PrefixLen,
    ipAddress: network.IPAddress,
    ipPrefixLength: network.IPPrefixLen,
    ipv6Gateway: network.IPv6Gateway,
    macAddress: network.MacAddress,
  };
}

function healthcheckOf(check: Dockerode.HealthConfig): Properties {
  return {
    tests: check.Test ?? [],
    interval: durationOf(check.Interval ?? 0),
    retries: check.Retries ?? 0,
    startPeriod: durationOf(check.StartPeriod ?? 0),
    timeout: durationOf(check.Timeout ?? 0),
  };
}

/**
 * The inputs as Docker has them now: those that can change while a container lives, where they were given. A container
 * that should run and does not shows as `mustRun: false`, as the official plugin has it, so that the next update starts it.
 */
export function driftedInputs(known: Properties, found: Dockerode.ContainerInspectInfo): Properties {
  const live = { ...liveInputs(found), ...liveCpus(known, found) };
  const given = Object.entries(live).filter(([name, value]) => name in known && value !== undefined);
  return { ...known, ...(Object.fromEntries(given) as Properties) };
}

/** Docker keeps the number only: `1` stays `1`, and `1.0`, as the official plugin writes it, stays that. */
function liveCpus(known: Properties, { HostConfig: host }: Dockerode.ContainerInspectInfo): Properties {
  const cpus = (host.NanoCpus ?? 0) / 1e9;
  return Number(known.cpus) === cpus ? {} : { cpus: String(cpus) };
}

function liveInputs({
  Name,
  State,
  HostConfig: host,
}: Dockerode.ContainerInspectInfo): Record<string, Property | undefined> {
  const swap = host.MemorySwap ?? 0;
  return {
    name: Name.replace(/^\//u, ""),
    cpuSet: host.CpusetCpus ?? "",
    cpuShares: host.CpuShares ?? 0,
    maxRetryCount: host.RestartPolicy?.MaximumRetryCount ?? 0,
    memory: (host.Memory ?? 0) / MIB,
    // A kernel that cannot limit swap says -1 or 0 whatever was asked.
    memorySwap: swap > 0 ? swap / MIB : undefined,
    mustRun: State.Running || State.Restarting ? undefined : false,
    restart: host.RestartPolicy?.Name ?? "no",
  };
}

/** The inputs that describe a container which is imported. Files and waits cannot be read back. */
export function importedInputs(found: Dockerode.ContainerInspectInfo): Properties {
  const { HostConfig: host } = found;
  const config: Config = found.Config;
  return {
    name: found.Name.replace(/^\//u, ""),
    image: found.Image,
    command: config.Cmd ?? [],
    envs: config.Env ?? [],
    labels: labelsOf(config.Labels),
    networkMode: host.NetworkMode ?? "bridge",
    ports: Object.entries((host.PortBindings ?? {}) as Record<string, Binding[] | null>).flatMap(portsOf),
    readOnly: host.ReadonlyRootfs ?? false,
    restart: host.RestartPolicy?.Name ?? "no",
    ...((host.Memory ?? 0) > 0 && { memory: (host.Memory ?? 0) / MIB }),
    ...(config.User !== "" && { user: config.User }),
    ...(config.Healthcheck && { healthcheck: healthcheckOf(config.Healthcheck) }),
  };
}

interface Binding {
  readonly HostIp: string;
  readonly HostPort: string;
}

function portsOf([name, bindings]: [string, Binding[] | null]): Properties[] {
  const [internal, protocol] = name.split("/");
  return (bindings ?? []).map((binding) => ({
    internal: Number(internal),
    external: Number(binding.HostPort),
    ip: binding.HostIp === "" ? "0.0.0.0" : binding.HostIp,
    protocol: protocol ?? "tcp",
  }));
}
