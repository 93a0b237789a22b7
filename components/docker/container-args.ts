import type * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import type { ContainerShape, RenderedFile } from "../../rendering/container-shape.ts";
import { LABELS } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";

/** Seconds that the engine waits for the primary: a crash recovery may have to replay a lot of WAL first. */
const WAIT_SECONDS = 300;
/** Docker's log of each container is bounded: two files of this size. */
const LOG_FILE_SIZE = "20m";
/** The server's user in the image; files belong to it. */
const SERVER_UID = "999";

/** What a container needs beside its shape. */
export interface ContainerPlace {
  readonly topology: ResolvedDocker;
  readonly imageId: pulumi.Input<string>;
  readonly network: pulumi.Input<string>;
  /** Names of the volumes by {@link VolumeMount.volume}. */
  readonly volumes: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The arguments of one container of the topology. */
export function containerArgs(
  shape: ContainerShape,
  files: readonly RenderedFile<pulumi.Output<string>>[],
  place: ContainerPlace,
): docker.ContainerArgs {
  const { topology } = place;
  return {
    name: `${topology.name}-${shape.part}`,
    // The id, not a tag: a tag makes the provider see another image on each run (pulumi-docker#325).
    image: place.imageId,
    command: [...shape.command],
    envs: Object.entries(shape.environment).map(([name, value]) => `${name}=${value}`),
    hostname: shape.part,
    // Unset, it is shown as changed for ever (pulumi-docker#1272); networksAdvanced is what connects.
    networkMode: "bridge",
    networksAdvanced: [{ name: place.network, aliases: [...shape.aliases] }],
    ports: shape.port && [
      { internal: shape.port.internal, external: shape.port.published, ip: topology.address, protocol: "tcp" },
    ],
    mounts: shape.mounts.map(({ volume, path }) => ({
      type: "volume",
      source: volumeName(place, volume),
      target: path,
    })),
    tmpfs: Object.fromEntries(shape.tmpfs.map((path) => [path, "uid=999,gid=999,mode=0700"])),
    uploads: files.map((file) => ({
      file: file.path,
      content: file.content,
      permissions: file.permissions,
      owner: SERVER_UID,
      group: SERVER_UID,
    })),
    healthcheck: healthcheck(shape),
    wait: shape.part === "primary",
    waitTimeout: WAIT_SECONDS,
    labels: labels(topology, shape.part),
    ...limits(shape),
    ...hardening(),
    stopSignal: shape.stopSignal,
    stopTimeout: shape.stopTimeoutSeconds,
    destroyGraceSeconds: shape.stopTimeoutSeconds,
    restart: "unless-stopped",
    logDriver: "json-file",
    logOpts: { "max-size": LOG_FILE_SIZE, "max-file": "2" },
  };
}

/** The labels of everything that a stack makes. */
export function labels(topology: ResolvedDocker, part: string): { label: string; value: string }[] {
  return [
    { label: LABELS.stack, value: topology.name },
    { label: LABELS.part, value: part },
  ];
}

function volumeName(place: ContainerPlace, volume: string): pulumi.Input<string> {
  const name = place.volumes[volume];
  if (name === undefined) throw new Error(`no volume ${volume} was made`);
  return name;
}

function healthcheck({ healthcheck: check }: ContainerShape): docker.types.input.ContainerHealthcheck {
  return {
    tests: ["CMD", ...check.command],
    interval: `${check.intervalSeconds}s`,
    timeout: `${check.timeoutSeconds}s`,
    retries: check.retries,
    startPeriod: `${check.startPeriodSeconds}s`,
  };
}

/** No swap: a server that swaps answers so slowly that it looks dead. */
function limits(shape: ContainerShape): Partial<docker.ContainerArgs> {
  return {
    memory: shape.memoryMiB,
    memorySwap: shape.memoryMiB,
    cpus: cpusText(shape.cpus),
    shmSize: shape.shmMiB,
  };
}

/**
 * The number in the form in which the official plugin reads it back from Docker: `1.0`, `0.5`, `10.`. In another form,
 * it would differ after each refresh, and the plugin replaces the container for that.
 */
export function cpusText(cpus: number): string {
  const digits = cpus.toFixed(9);
  // The plugin takes nine zeros anywhere for a whole number. Below 0.1, that is wrong, and nothing would agree with it.
  const text = digits.replaceAll(/[^0]/gu, "").length === 9 ? cpus.toFixed(1) : digits.replace(/0+$/u, "");
  return Number(text) === cpus ? text : String(cpus);
}

/** CIS Docker 5.4, 5.26, 4.1: the servers run as their own user and need no capability at all. */
function hardening(): Partial<docker.ContainerArgs> {
  return {
    user: "postgres",
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges"],
  };
}
