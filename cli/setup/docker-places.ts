import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";

/** A place that an engine may listen at. */
export interface DockerPlace {
  /** As in `unix:///var/run/docker.sock`. */
  readonly host: string;
  /** How it came to be looked at, as in "DOCKER_HOST". */
  readonly because: string;
  /** What a program needs in its environment to get there. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The engine that the user chose, as the docker CLI reads the choice: `DOCKER_HOST`, `DOCKER_CONTEXT`, or the current
 * context of `~/.docker/config.json`. `undefined` when nothing was chosen.
 * @throws {PgtError} when a context is chosen that does not exist.
 */
export function chosenPlace(env: NodeJS.ProcessEnv): DockerPlace | undefined {
  if (env.DOCKER_HOST) {
    return { host: env.DOCKER_HOST, because: "DOCKER_HOST", environment: withTls(env.DOCKER_HOST, env) };
  }
  const folder = configFolder(env);
  const name = env.DOCKER_CONTEXT ?? currentContext(path.join(folder, "config.json"));
  if (name === undefined || name === "" || name === "default") return undefined;
  const because = `the docker context "${name}"`;
  // The docker CLI names the folder of a context by the hash of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const host = hostOf(path.join(folder, "contexts/meta", id, "meta.json"), because);
  const certificates = path.join(folder, "contexts/tls", id, "docker");
  return {
    host,
    because,
    environment: {
      DOCKER_HOST: host,
      ...(existsSync(certificates) && { DOCKER_CERT_PATH: certificates, DOCKER_TLS_VERIFY: "1" }),
    },
  };
}

/** The sockets that engines listen at when nobody told them otherwise: the system's, Docker Desktop's, a rootless one. */
export function usualPlaces(env: NodeJS.ProcessEnv): DockerPlace[] {
  const home = env.HOME ?? homedir();
  const sockets = [
    ["/var/run/docker.sock", "the system's engine"],
    [path.join(home, ".docker/run/docker.sock"), "Docker Desktop"],
    [path.join(home, ".docker/desktop/docker.sock"), "Docker Desktop"],
    ...(env.XDG_RUNTIME_DIR ? [[path.join(env.XDG_RUNTIME_DIR, "docker.sock"), "a rootless engine"]] : []),
  ] as [string, string][];
  return sockets.map(([socket, because]) => {
    const host = `unix://${socket}`;
    return { host, because, environment: { DOCKER_HOST: host } };
  });
}

function withTls(host: string, env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    DOCKER_HOST: host,
    ...(env.DOCKER_CERT_PATH && { DOCKER_CERT_PATH: env.DOCKER_CERT_PATH }),
    ...(env.DOCKER_TLS_VERIFY && { DOCKER_TLS_VERIFY: env.DOCKER_TLS_VERIFY }),
  };
}

function configFolder(env: NodeJS.ProcessEnv): string {
  return env.DOCKER_CONFIG ?? path.join(env.HOME ?? homedir(), ".docker");
}

function currentContext(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const config = readJson(file, file) as { currentContext?: unknown };
  return typeof config.currentContext === "string" ? config.currentContext : undefined;
}

function hostOf(file: string, because: string): string {
  const meta = readJson(file, because) as { Endpoints?: { docker?: { Host?: unknown } } };
  const host = meta.Endpoints?.docker?.Host;
  if (typeof host === "string" && host !== "") return host;
  throw new PgtError(`${because}: ${file} names no engine`, { exitCode: EXIT.couldNotCheck, fix: LEAVE_THE_CONTEXT });
}

const LEAVE_THE_CONTEXT = [
  "see `docker context ls`; leave it with `docker context use default` or unset DOCKER_CONTEXT",
];

function readJson(file: string, because: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    throw new PgtError(`${because}: ${file} can't be read: ${messageOf(error)}`, {
      exitCode: EXIT.couldNotCheck,
      fix: LEAVE_THE_CONTEXT,
      cause: error,
    });
  }
}
