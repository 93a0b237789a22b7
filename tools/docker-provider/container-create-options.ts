import type Dockerode from "dockerode";
import { nanosecondsOf } from "./durations.ts";
import { dockerLabels } from "./property-shape.ts";
import type { ContainerInputs } from "./resources/container-shape.ts";

const MIB = 1024 * 1024;

/** Docker's own form of the inputs. Networks are connected, and files uploaded, after the container is made. */
export function containerCreateOptions(inputs: ContainerInputs): Dockerode.ContainerCreateOptions {
  return {
    name: inputs.name,
    Image: inputs.image,
    OpenStdin: inputs.stdinOpen,
    Tty: inputs.tty,
    ExposedPorts: Object.fromEntries((inputs.ports ?? []).map((port) => [portName(port), {}])),
    HostConfig: hostConfig(inputs),
    Labels: dockerLabels(inputs.labels),
    ...(inputs.command && { Cmd: [...inputs.command] }),
    ...(inputs.entrypoints && { Entrypoint: [...inputs.entrypoints] }),
    ...(inputs.envs && { Env: [...inputs.envs] }),
    ...(inputs.healthcheck && { Healthcheck: healthConfig(inputs.healthcheck) }),
    ...(inputs.hostname !== undefined && { Hostname: inputs.hostname }),
    ...(inputs.stopSignal !== undefined && { StopSignal: inputs.stopSignal }),
    ...(inputs.stopTimeout !== undefined && { StopTimeout: inputs.stopTimeout }),
    ...(inputs.user !== undefined && { User: inputs.user }),
    ...(inputs.workingDir !== undefined && { WorkingDir: inputs.workingDir }),
  };
}

function hostConfig(inputs: ContainerInputs): Dockerode.HostConfig {
  const { adds, drops } = inputs.capabilities ?? {};
  return {
    AutoRemove: inputs.rm,
    Binds: (inputs.volumes ?? []).map(bind),
    Mounts: (inputs.mounts ?? []).map((mount) => ({
      Target: mount.target,
      Source: mount.source ?? "",
      Type: mount.type,
      ReadOnly: mount.readOnly ?? false,
    })),
    NetworkMode: inputs.networkMode,
    PortBindings: portBindings(inputs.ports ?? []),
    ReadonlyRootfs: inputs.readOnly,
    ...liveLimits(inputs),
    ...(adds && { CapAdd: [...adds] }),
    ...(drops && { CapDrop: [...drops] }),
    ...(inputs.init !== undefined && { Init: inputs.init }),
    ...((inputs.logDriver !== undefined || inputs.logOpts) && {
      LogConfig: { Type: inputs.logDriver ?? "", Config: { ...inputs.logOpts } },
    }),
    ...(inputs.securityOpts && { SecurityOpt: [...inputs.securityOpts] }),
    ...(inputs.shmSize !== undefined && { ShmSize: inputs.shmSize * MIB }),
    ...(inputs.tmpfs && { Tmpfs: { ...inputs.tmpfs } }),
  };
}

/** What Docker can change while a container lives. */
export interface LiveLimits {
  readonly RestartPolicy: { Name: string; MaximumRetryCount: number };
  readonly CpusetCpus?: string;
  readonly CpuShares?: number;
  readonly NanoCpus?: number;
  readonly Memory?: number;
  readonly MemorySwap?: number;
}

/** The limits that Docker can change while a container lives, in its units. */
export function liveLimits(inputs: ContainerInputs): LiveLimits {
  return {
    RestartPolicy: { Name: inputs.restart, MaximumRetryCount: inputs.maxRetryCount ?? 0 },
    ...(inputs.cpuSet !== undefined && { CpusetCpus: inputs.cpuSet }),
    ...(inputs.cpuShares !== undefined && { CpuShares: inputs.cpuShares }),
    ...(inputs.cpus !== undefined && { NanoCpus: Math.round(Number(inputs.cpus) * 1e9) }),
    ...memoryLimits(inputs),
  };
}

function memoryLimits({ memory, memorySwap }: ContainerInputs): { Memory?: number; MemorySwap?: number } {
  if (memory === undefined) return memorySwap === undefined ? {} : { MemorySwap: swapBytes(memorySwap) };
  // Without a limit of its own, Docker allows as much swap again, and refuses an update that leaves the old sum in place.
  return { Memory: memory * MIB, MemorySwap: memorySwap === undefined ? 2 * memory * MIB : swapBytes(memorySwap) };
}

function swapBytes(memorySwap: number): number {
  return memorySwap > 0 ? memorySwap * MIB : memorySwap;
}

type Port = NonNullable<ContainerInputs["ports"]>[number];

function portName(port: Port): string {
  return `${port.internal}/${port.protocol}`;
}

function portBindings(ports: readonly Port[]): Record<string, { HostIp: string; HostPort: string }[]> {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of ports) {
    const binding = { HostIp: port.ip, HostPort: port.external === undefined ? "" : String(port.external) };
    bindings[portName(port)] = [...(bindings[portName(port)] ?? []), binding];
  }
  return bindings;
}

function bind(volume: NonNullable<ContainerInputs["volumes"]>[number]): string {
  const source = volume.hostPath ?? volume.volumeName;
  const target = volume.containerPath;
  return source === undefined ? target : `${source}:${target}:${volume.readOnly === true ? "ro" : "rw"}`;
}

function healthConfig(check: NonNullable<ContainerInputs["healthcheck"]>): Dockerode.HealthConfig {
  return {
    Test: [...check.tests],
    Interval: nanosecondsOf(check.interval) ?? 0,
    Timeout: nanosecondsOf(check.timeout) ?? 0,
    StartPeriod: nanosecondsOf(check.startPeriod) ?? 0,
    Retries: check.retries,
  };
}
