import path from "node:path";
import { Readable } from "node:stream";
import { baseImage, type BaseImage } from "./base-image.ts";
import { readDockerDisk, requireFreeSpace } from "./docker-disk.ts";
import { requireEngine } from "./docker-engine.ts";
import { inspectImage } from "./docker-image.ts";
import { doEngineWork } from "./docker-work.ts";
import { hashOfImage, packImageFiles, readImageFiles, type ImageFile } from "./image-content.ts";
import type { Machine, Part } from "./part.ts";

/** The image that every container of a topology is started from. */
export interface TopologyImage {
  /** As in `sha256:…`: containers take this, so that a tag that moves changes nothing. */
  readonly id: string;
  /** As in `pgtopology/postgres:17-0123456789ab`. */
  readonly tag: string;
}

const REPOSITORY = "pgtopology/postgres";
const MAJOR = "17";
/** Holds the whole hash of what the image was built from. */
const LABEL = "pgtopology.image";
const NEEDED_GIB = 3;
const TIMEOUT = { silenceMs: 10 * 60_000, timeoutMs: 30 * 60_000 };

/** The PostgreSQL image in the Docker Engine of this machine, built once for each content of its folder and each base. */
export const topologyImage: Part<TopologyImage> = {
  title: "PostgreSQL image",
  find: async (machine) => {
    const base = await baseImage.find(machine);
    if (base === undefined) return undefined;
    const { hash, tag } = nameImage(readImageFiles(folderOf(machine)), base.value);
    const image = await inspectImage(await requireEngine(machine), tag);
    if (image?.labels[LABEL] !== hash) return undefined;
    return { value: { id: image.id, tag }, version: MAJOR, from: tag };
  },
  ways: [
    {
      title: "built from images/postgres",
      byHand: "docker build images/postgres shows what goes wrong",
      unavailable: async (machine) => ((await baseImage.find(machine)) ? undefined : "its base image is missing"),
      act: async (machine) => {
        const base = await baseImage.find(machine);
        if (base) await build(base.value, machine);
      },
    },
  ],
};

function folderOf(machine: Machine): string {
  return path.join(machine.root, "images/postgres");
}

function nameImage(files: readonly ImageFile[], base: BaseImage) {
  const hash = hashOfImage(files, base.id);
  return { hash, tag: `${REPOSITORY}:${MAJOR}-${hash.slice(0, 12)}` };
}

async function build(base: BaseImage, machine: Machine): Promise<void> {
  const engine = await requireEngine(machine);
  requireFreeSpace(await readDockerDisk(engine), NEEDED_GIB, "the build of the PostgreSQL image");
  // Read once: what is sent is what was hashed, whatever an editor does meanwhile.
  const files = readImageFiles(folderOf(machine));
  const { hash, tag } = nameImage(files, base);
  const archive = await packImageFiles(files);
  const work = { engine, machine, name: "the build of the PostgreSQL image", ...TIMEOUT };
  // The tag is put on at the end of a build, so what was interrupted is never found.
  await doEngineWork(work, (docker, abortSignal) =>
    docker.buildImage(Readable.from([archive], { objectMode: false }), {
      t: tag,
      labels: { [LABEL]: hash },
      buildargs: { BASE: base.id, ...proxiesOf(machine.env) },
      // Packages come through the host's network: an engine without a default bridge has no other, and a proxy or a
      // name server on the host's own address answers nowhere else.
      networkmode: "host",
      rm: true,
      forcerm: true,
      abortSignal,
    }),
  );
}

/** Docker knows these build arguments by itself, and keeps them out of the image and its history. */
function proxiesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const proxies: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value && /^(https?|ftp|no|all)_proxy$/i.test(name)) proxies[name] = value;
  }
  return proxies;
}
