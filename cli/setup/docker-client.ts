import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import Dockerode from "dockerode";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";

/** Where a Docker Engine listens: a socket file, or an address with or without TLS. */
export type DockerEndpoint =
  | { readonly kind: "unix"; readonly socketPath: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly certificates?: string };

const PORT = { plain: 2375, tls: 2376 };

/**
 * Reads `DOCKER_HOST` as the docker CLI does: `unix:///path`, or `tcp://host[:port]` with TLS when `DOCKER_TLS_VERIFY`
 * or `DOCKER_CERT_PATH` is set.
 * @throws {PgtError} on anything else, and on ssh, with a way around.
 */
export function parseDockerHost(host: string, env: NodeJS.ProcessEnv): DockerEndpoint {
  if (host.startsWith("unix://")) {
    const socketPath = host.slice("unix://".length);
    if (!path.isAbsolute(socketPath)) throw unusable(host, "the path of a socket must be absolute");
    return { kind: "unix", socketPath };
  }
  if (host.startsWith("ssh://")) {
    throw unusable(host, "an engine behind ssh is not supported", [
      `forward its socket: ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ${host.slice("ssh://".length)}`,
      "then: export DOCKER_HOST=unix:///tmp/docker.sock",
    ]);
  }
  const url = host.startsWith("tcp://") && URL.canParse(host) ? new URL(host) : undefined;
  if (!url?.hostname) throw unusable(host, "not an address of a Docker Engine");
  const secured = Boolean(env.DOCKER_TLS_VERIFY) || Boolean(env.DOCKER_CERT_PATH);
  return {
    kind: "tcp",
    host: url.hostname,
    port: url.port === "" ? (secured ? PORT.tls : PORT.plain) : Number(url.port),
    ...(secured && { certificates: env.DOCKER_CERT_PATH ?? path.join(env.HOME ?? homedir(), ".docker") }),
  };
}

/**
 * A client of the engine at `host`; `env` is where TLS certificates are named.
 * @param silenceMs a request that hears nothing for so long is given up.
 */
export function dockerClient(host: string, env: NodeJS.ProcessEnv, silenceMs = 60_000): Dockerode {
  const endpoint = parseDockerHost(host, env);
  // All of it is set, also to nothing: what is left out, the library reads from the environment by itself.
  const nothing = { host: "", port: "", ca: undefined, cert: undefined, key: undefined };
  if (endpoint.kind === "unix") {
    return new Dockerode({ ...nothing, socketPath: endpoint.socketPath, protocol: "http", timeout: silenceMs });
  }
  const { certificates } = endpoint;
  return new Dockerode({
    ...nothing,
    socketPath: undefined,
    host: endpoint.host,
    port: endpoint.port,
    timeout: silenceMs,
    protocol: certificates === undefined ? "http" : "https",
    ...(certificates !== undefined && {
      ca: certificate(certificates, "ca.pem"),
      cert: certificate(certificates, "cert.pem"),
      key: certificate(certificates, "key.pem"),
    }),
  });
}

function certificate(folder: string, file: string): Buffer {
  const at = path.join(folder, file);
  try {
    return readFileSync(at);
  } catch (error) {
    throw new PgtError(`DOCKER_CERT_PATH: ${at} can't be read: ${messageOf(error)}`, {
      exitCode: EXIT.couldNotCheck,
      fix: ["point DOCKER_CERT_PATH at the folder that holds ca.pem, cert.pem and key.pem, or unset DOCKER_TLS_VERIFY"],
      cause: error,
    });
  }
}

function unusable(host: string, why: string, fix: readonly string[] = []): PgtError {
  return new PgtError(`DOCKER_HOST: got "${host}", want unix:///path or tcp://host:port: ${why}`, {
    exitCode: EXIT.couldNotCheck,
    fix: [...fix, "or unset DOCKER_HOST, so that the usual places are looked at"],
  });
}
