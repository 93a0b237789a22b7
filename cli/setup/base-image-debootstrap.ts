import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PgtError } from "../../kernel/errors.ts";
import { findProgram, installPackages, plainEnvironment, runForSystem } from "./docker-debian.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { readDockerDisk, requireFreeSpace } from "./docker-disk.ts";
import { unmountUnder } from "./docker-mounts.ts";
import { doEngineWork } from "./docker-work.ts";
import type { Machine } from "./part.ts";

const TIMEOUT = { debootstrapMs: 20 * 60_000, import: { silenceMs: 5 * 60_000, timeoutMs: 15 * 60_000 } };
const NEEDED_GIB = 1;

/** What the official image has: without the second half there would be no security updates. */
const SOURCES = `Types: deb
URIs: http://deb.debian.org/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

/** What debootstrap leaves that no image needs, and what it copied from this machine. */
const LEFT_OUT = [
  ...["./var/cache/apt/*.bin", "./var/cache/apt/archives/*.deb", "./var/lib/apt/lists/*_*", "./var/log/*.log"],
  ...["./etc/resolv.conf", "./etc/hostname"],
];

/** A repository and a tag in it. */
export interface ImageName {
  readonly repo: string;
  readonly tag: string;
}

/** Makes Debian trixie in a folder, gives it to the engine as an image of that name, and removes the folder. */
export async function makeBaseImage(engine: DockerEngine, name: ImageName, machine: Machine): Promise<void> {
  requireFreeSpace(await readDockerDisk(engine), NEEDED_GIB, "the base image");
  if (findProgram("debootstrap", machine.env) === undefined) await installPackages(["debootstrap"], machine);
  const tree = path.join(machine.toolchainDir, "base-image-tree");
  await removeTree(tree);
  try {
    mkdirSync(tree, { recursive: true });
    await runForSystem("debootstrap", ["--variant=minbase", "trixie", tree], TIMEOUT.debootstrapMs, machine);
    rmSync(path.join(tree, "etc/apt/sources.list"), { force: true });
    writeFileSync(path.join(tree, "etc/apt/sources.list.d/debian.sources"), SOURCES);
    machine.say("importing the base image");
    await importTree(tree, { engine, name, machine });
  } finally {
    await removeTree(tree);
  }
}

/** The tag is put on when all of it has arrived: a tar that failed half-way ends like one that is done. */
async function importTree(
  tree: string,
  to: { engine: DockerEngine; name: ImageName; machine: Machine },
): Promise<void> {
  const { engine, machine } = to;
  const work = { engine, machine, name: "the import of the base image", ...TIMEOUT.import };
  const tar = spawn("tar", ["-C", tree, "--numeric-owner", ...LEFT_OUT.map((name) => `--exclude=${name}`), "-c", "."], {
    stdio: ["ignore", "pipe", "ignore"],
    env: plainEnvironment(machine.env),
    signal: machine.signal,
  });
  const ended = new Promise<number | null>((resolve) => {
    tar.once("error", () => {
      resolve(null);
    });
    tar.once("close", resolve);
  });
  const importing = doEngineWork(work, (docker, abortSignal) => docker.importImage(tar.stdout, { abortSignal }));
  // It would wait for ever for somebody to read, once the engine has stopped reading.
  const id = await importing.catch((error: unknown) => {
    tar.kill();
    throw error;
  });
  const image = engine.docker.getImage(id);
  if ((await ended) !== 0) {
    await image.remove();
    throw new PgtError(`tar could not read all of ${tree}`);
  }
  await image.tag(to.name);
}

/** A debootstrap that was killed leaves the kernel's own folders mounted in its tree. */
async function removeTree(tree: string): Promise<void> {
  await unmountUnder(tree);
  rmSync(tree, { recursive: true, force: true });
}
