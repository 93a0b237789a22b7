import type Dockerode from "dockerode";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { dockerClient } from "./docker-client.ts";
import { findProgram, installPackages, whyNoPackages } from "./docker-debian.ts";
import { ownEngineOf, pidOfOwnEngine, startOwnEngine } from "./docker-own-engine.ts";
import { pingEngine } from "./docker-ping.ts";
import { chosenPlace, usualPlaces, type DockerPlace } from "./docker-places.ts";
import type { Found, Machine, Part, Way } from "./part.ts";

/** The engine that everything of the docker target runs on. */
export interface DockerEngine {
  /** As in `unix:///var/run/docker.sock`. */
  readonly host: string;
  /** What any other program needs to reach the same engine: `DOCKER_HOST`, and where the TLS certificates are. */
  readonly environment: Readonly<Record<string, string>>;
  readonly docker: Dockerode;
}

const PACKAGES = ["docker.io", "iptables"];

/** A running Docker Engine: the chosen one, or one of our own, or one that listens at the usual places. */
export const dockerEngine: Part<DockerEngine> = {
  title: "Docker Engine",
  find: async (machine) => {
    const chosen = chosenPlace(machine.env);
    if (chosen) return foundAtChoice(chosen, machine);
    for (const place of placesWithoutChoice(machine)) {
      const answer = await pingEngine(place.host, place.environment);
      if (answer.version !== undefined) return found(place, answer.version, machine);
    }
    return undefined;
  },
  ways: [anEngineThatRuns(), anEngineOfOurOwn()],
};

/**
 * The engine for a part that lives in one.
 * @throws {PgtError} when none runs.
 */
export async function requireEngine(machine: Machine): Promise<DockerEngine> {
  const running = await dockerEngine.find(machine);
  if (running) return running.value;
  throw new PgtError("no Docker Engine answers", {
    exitCode: EXIT.couldNotCheck,
    fix: ["see what was tried, and get one: ./pgt doctor, ./pgt up"],
  });
}

/** A choice is used or is an error: another engine in its place would hold other volumes. */
async function foundAtChoice(place: DockerPlace, machine: Machine): Promise<Found<DockerEngine>> {
  const answer = await pingEngine(place.host, place.environment);
  if (answer.version !== undefined) return found(place, answer.version, machine);
  throw new PgtError(`the Docker Engine at ${place.host} (from ${place.because}) can't be used: ${answer.problem}`, {
    exitCode: EXIT.couldNotCheck,
    fix: [
      "start it, and see that `docker version` shows a server",
      place.because === "DOCKER_HOST"
        ? "or unset DOCKER_HOST, so that the usual places are looked at"
        : "or leave it with `docker context use default`, so that the usual places are looked at",
    ],
  });
}

/** Our own comes first while it runs: that is where the volumes of the last `up` are. */
function placesWithoutChoice(machine: Machine): DockerPlace[] {
  const own = ownEngineOf(machine.stateDir);
  const usual = usualPlaces(machine.env);
  if (pidOfOwnEngine(own) === undefined) return usual;
  return [{ host: own.host, because: "an engine of our own", environment: { DOCKER_HOST: own.host } }, ...usual];
}

function found(place: DockerPlace, version: string, machine: Machine): Found<DockerEngine> {
  const pid = pidOfOwnEngine(ownEngineOf(machine.stateDir));
  const isOwn = place.host === ownEngineOf(machine.stateDir).host && pid !== undefined;
  const isOpen = place.host.startsWith("tcp://") && place.environment.DOCKER_CERT_PATH === undefined;
  return {
    value: {
      host: place.host,
      environment: place.environment,
      docker: dockerClient(place.host, place.environment),
    },
    version,
    from: place.host,
    ...(isOwn && { note: `an engine of our own, process ${pid}; it keeps running, end it with: kill ${pid}` }),
    ...(isOpen && { note: "the connection to the engine is not encrypted, and passwords go through it" }),
  };
}

function anEngineThatRuns(): Way {
  return {
    title: "an engine that runs already",
    byHand: "start Docker, or set DOCKER_HOST to the address of an engine",
    unavailable: async (machine) => {
      const tried: string[] = [];
      for (const place of usualPlaces(machine.env)) {
        const { problem } = await pingEngine(place.host, place.environment);
        if (problem !== undefined) tried.push(`${place.host}: ${problem}`);
      }
      return `none answers (${tried.join("; ")})`;
    },
    act: () => Promise.resolve(undefined),
  };
}

function anEngineOfOurOwn(): Way {
  return {
    title: `an engine of our own under .pgt/ (Debian packages ${PACKAGES.join(", ")})`,
    byHand: `as root on Debian: apt-get install ${PACKAGES.join(" ")}; elsewhere see https://docs.docker.com/engine/install/`,
    unavailable: (machine) => Promise.resolve(whyNoEngineOfOurOwn(machine)),
    act: async (machine) => {
      if (PROGRAMS.some((program) => findProgram(program, machine.env) === undefined)) {
        await installPackages(PACKAGES, machine);
        // Where systemd runs, the package has started the system's engine, and a second one would be one too many.
        if (await dockerEngine.find(machine)) return undefined;
      }
      const dockerd = findProgram("dockerd", machine.env);
      if (dockerd === undefined) throw new PgtError(`the package ${PACKAGES[0]} brought no dockerd`);
      machine.say("starting a Docker Engine of our own");
      await startOwnEngine(ownEngineOf(machine.stateDir), { dockerd, env: machine.env, signal: machine.signal });
      return undefined;
    },
  };
}

const PROGRAMS = ["dockerd", "iptables"];

function whyNoEngineOfOurOwn(machine: Machine): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root";
  const isInstalled = PROGRAMS.every((program) => findProgram(program, machine.env) !== undefined);
  return isInstalled ? undefined : whyNoPackages();
}
