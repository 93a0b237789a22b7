import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import Docker from "dockerode";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { baseImage } from "../../../cli/setup/base-image.ts";
import { doEngineWork } from "../../../cli/setup/docker-work.ts";
import { requireEngine } from "../../../cli/setup/docker-engine.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import type { HostFile } from "../../../rendering/data-host/host-file.ts";
import { PATHS } from "../../../rendering/paths.ts";
import { execIn, type ExecResult } from "../container-exec.ts";

/** A Debian with systemd in a container, and a block device of its own: what a Droplet is before its first boot. */
export interface HostMachine {
  /** Its address in a private network. */
  readonly address: string;
  /** The address of this machine in that network. */
  readonly gateway: string;
  /** The network's name. */
  readonly network: string;
  /** As root. */
  readonly exec: (...command: string[]) => Promise<ExecResult>;
  /** As root, in a shell; it must succeed. @returns what it printed. */
  readonly run: (script: string) => Promise<string>;
  readonly put: (files: readonly HostFile[]) => Promise<void>;
  readonly remove: () => Promise<void>;
}

const LABEL = { "pgtopology.test": "data-host" };
const IMAGE = "pgtopology-test/data-host";
const BUILD = { silenceMs: 5 * 60_000, timeoutMs: 15 * 60_000 };
const VOLUME_FILE = "/var/lib/pgt-test/volume";

/** The block device has a place where the platform's volumes have it; it is a file behind a loop device. */
function attach(device: string, volumeGiB: number): string {
  return `
mknod /dev/loop-control c 10 237
for number in 0 1 2 3 4 5 6 7; do mknod /dev/loop$number b 7 $number; done
install --mode=0600 /dev/null ${VOLUME_FILE}
truncate --size=${volumeGiB}G ${VOLUME_FILE}
mkdir -p /dev/disk/by-id
ln -s "$(losetup --find --show ${VOLUME_FILE})" ${device}`;
}

/**
 * Starts one with a blank volume.
 * @param volume the platform's name of it.
 * @param packages what it finds downloaded already.
 * @param volumeGiB its size; nothing of it is taken before it is written.
 */
export async function startHostMachine(volume: string, packages: string, volumeGiB = 4): Promise<HostMachine> {
  // Without a time-out of its own: some commands say nothing for minutes.
  const docker = new Docker();
  await buildImage(packages);
  const name = `pgt-test-host-${randomBytes(5).toString("hex")}`;
  const network = await docker.createNetwork({ Name: name, Labels: LABEL });
  const container = await docker.createContainer(createOptions(name)).catch(async (error: unknown) => {
    await network.remove();
    throw error;
  });
  const exec = (...command: string[]): Promise<ExecResult> => execIn(docker, name, command, "root");
  const run = async (script: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await exec("bash", "-c", `set -eu\n${script}`);
    if (exitCode !== 0) throw new Error(`${script}: exit code ${exitCode}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  const device = `/dev/disk/by-id/scsi-0DO_Volume_${volume}`;
  const remove = async (): Promise<void> => {
    // A loop device outlives the container that made it.
    const detach = `systemctl stop 'pgtopology-*.timer'; systemctl kill --signal=KILL 'pgtopology-*.service'; systemctl stop 'pgtopology-*'; umount ${PATHS.data}; losetup --detach "$(readlink -f ${device})"`;
    await exec("bash", "-c", detach).catch(() => undefined);
    await container.remove({ force: true, v: true });
    await network.remove();
  };
  try {
    await container.start();
    const booted = async () => /running|degraded/.test((await exec("systemctl", "is-system-running")).stdout);
    await waitUntil(booted, { name: "systemd to have started", timeoutMs: 60_000 });
    await run(attach(device, volumeGiB));
    const { NetworkSettings } = await container.inspect();
    const { IPAddress: address = "", Gateway: gateway = "" } = NetworkSettings.Networks[name] ?? {};
    return { address, gateway, network: name, exec, run, put: (files) => putFiles(container, run, files), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * systemd makes control groups and mounts for its services, which takes CAP_SYS_ADMIN; the block devices are the loop
 * devices alone. The engine's hosts with one hierarchy of control groups (version 2) show it read-only to such a container.
 */
function createOptions(name: string): Docker.ContainerCreateOptions {
  return {
    name,
    Image: IMAGE,
    Labels: LABEL,
    StopSignal: "SIGRTMIN+3",
    Volumes: { [path.dirname(VOLUME_FILE)]: {} },
    HostConfig: {
      NetworkMode: name,
      CapAdd: ["SYS_ADMIN"],
      SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
      DeviceCgroupRules: ["b 7:* rmw", "c 10:237 rmw"],
      Tmpfs: { "/run": "exec", "/run/lock": "", "/tmp": "" },
      Memory: 2 * 1024 ** 3,
    },
  };
}

/** Docker keeps what it has built of the same text on the same base. */
async function buildImage(packages: string): Promise<void> {
  const machine: Machine = {
    root: path.join(import.meta.dirname, "../../.."),
    toolchainDir: path.join(import.meta.dirname, "../../../.toolchain"),
    stateDir: path.join(import.meta.dirname, "../../../.pgt"),
    env: process.env,
    signal: AbortSignal.timeout(BUILD.timeoutMs),
    say: () => undefined,
  };
  const base = await baseImage.find(machine);
  if (base === undefined) throw new Error("there is no base image: ./pgt setup makes it");
  const engine = await requireEngine(machine);
  const archive = pack();
  archive.entry({ name: "Dockerfile" }, readFileSync(path.join(import.meta.dirname, "Dockerfile")));
  archive.finalize();
  const content = await buffer(archive);
  await doEngineWork({ engine, machine, name: "the build of a data host's image", ...BUILD }, (docker, abortSignal) =>
    docker.buildImage(Readable.from([content], { objectMode: false }), {
      t: IMAGE,
      labels: LABEL,
      buildargs: { BASE: base.value.id, PACKAGES: packages },
      networkmode: "host",
      rm: true,
      forcerm: true,
      abortSignal,
    }),
  );
}

async function putFiles(
  container: Docker.Container,
  run: HostMachine["run"],
  files: readonly HostFile[],
): Promise<void> {
  const ids = await run("id -u postgres; id -g postgres");
  const [uid = 0, gid = 0] = ids.split("\n").map(Number);
  const archive = pack();
  for (const { path: place, content, permissions, owner } of files) {
    const as = owner === "postgres" ? { uid, gid } : { uid: 0, gid: 0 };
    archive.entry({ name: place.slice(1), mode: parseInt(permissions, 8), ...as }, content);
  }
  archive.finalize();
  await container.putArchive(await buffer(archive), { path: "/" });
}
