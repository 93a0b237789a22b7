import { findProgram, whyNoPackages } from "./docker-debian.ts";
import { requireEngine } from "./docker-engine.ts";
import { doEngineWork } from "./docker-work.ts";
import { makeBaseImage } from "./base-image-debootstrap.ts";
import { inspectImage } from "./docker-image.ts";
import type { Part, Way } from "./part.ts";
import { askSite, whyNotAsked } from "./unreachable-sites.ts";

/** What the PostgreSQL image is built on: Debian trixie with nothing added. */
export interface BaseImage {
  /** As in `sha256:…`. */
  readonly id: string;
}

/**
 * `debian:trixie-slim` for every architecture, as recorded by many public Dockerfiles in October 2026. The registry could
 * not be asked when this was written. A digest that is wrong can't bring other content: it is not found, or it is that one.
 */
const PINNED = "debian@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f";

/** What is made on this machine when the registry is out of reach. */
const MADE_HERE = { repo: "pgtopology-base", tag: "trixie" };
const MADE_HERE_NAME = `${MADE_HERE.repo}:${MADE_HERE.tag}`;

const SITE = "registry-1.docker.io";
const PULL_TIMEOUT = { silenceMs: 60_000, timeoutMs: 15 * 60_000 };

const pull: Way = {
  title: "pulled from Docker Hub by its digest",
  byHand: `docker pull ${PINNED}`,
  unavailable: (machine) => whyNotAsked(machine, SITE),
  act: async (machine) => {
    const engine = await requireEngine(machine);
    const work = { engine, machine, name: `the pull of ${PINNED}`, ...PULL_TIMEOUT };
    await askSite(machine, SITE, () =>
      doEngineWork(work, (docker, abortSignal) => docker.pull(PINNED, { abortSignal })),
    );
  },
};

const debootstrap: Way = {
  title: "made by debootstrap (Debian package debootstrap)",
  byHand: `as root on Debian: debootstrap --variant=minbase trixie tree && tar -C tree -c . | docker import - ${MADE_HERE_NAME}`,
  unavailable: (machine) => {
    if (process.platform !== "linux") return Promise.resolve("needs Linux");
    if (process.getuid?.() !== 0) return Promise.resolve("needs root");
    return Promise.resolve(findProgram("debootstrap", machine.env) === undefined ? whyNoPackages() : undefined);
  },
  act: async (machine) => {
    await makeBaseImage(await requireEngine(machine), MADE_HERE, machine);
  },
};

/** The base image in the Docker Engine of this machine: pulled by its digest, or made by debootstrap. */
export const baseImage: Part<BaseImage> = {
  title: "Debian trixie base image",
  find: async (machine) => {
    const engine = await requireEngine(machine);
    const pulled = await inspectImage(engine, PINNED);
    if (pulled) return { value: { id: pulled.id }, version: "trixie", from: PINNED };
    const made = await inspectImage(engine, MADE_HERE_NAME);
    if (made === undefined) return undefined;
    const note = "made by debootstrap on this machine, not the pinned official image";
    return { value: { id: made.id }, version: "trixie", from: MADE_HERE_NAME, note };
  },
  ways: [pull, debootstrap],
};
