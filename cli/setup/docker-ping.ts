import { messageOf } from "../../kernel/errors.ts";
import { dockerClient } from "./docker-client.ts";

/** What a place answered: the version of the engine that listens there, or why there is none to use. */
export type EngineAnswer =
  | { readonly version: string; readonly problem?: undefined }
  | { readonly version?: undefined; readonly problem: string };

/** An engine that is there answers within milliseconds; one that hangs is not waited for. */
const PING_TIMEOUT_MS = 5_000;

/** Docker 20.10, the oldest engine that this project was run on. */
const OLDEST_API = "1.41";

/** Asks the engine at `host` for its version. A wrong address is thrown, everything else is an answer. */
export async function pingEngine(
  host: string,
  env: NodeJS.ProcessEnv,
  timeoutMs = PING_TIMEOUT_MS,
): Promise<EngineAnswer> {
  const docker = dockerClient(host, env, timeoutMs);
  const asked = performance.now();
  try {
    const { Version, ApiVersion, Os } = await docker.version();
    if (!Version || !ApiVersion) return { problem: "something answers there that is not a Docker Engine" };
    if (Os !== "linux") return { problem: `it runs ${Os} containers, not Linux containers` };
    if (isOlder(ApiVersion, OLDEST_API)) return { problem: `Docker ${Version} is older than 20.10` };
    return { version: Version };
  } catch (error) {
    // The library hangs up on a silent engine, and its error does not say why.
    if (performance.now() - asked >= timeoutMs * 0.9) return { problem: `no answer within ${timeoutMs / 1000} s` };
    return { problem: why(error) };
  }
}

function isOlder(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, "en", { numeric: true }) < 0;
}

function why(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such socket";
  if (code === "ECONNREFUSED") return "nobody listens there";
  if (code === "EACCES") return "permission denied (sudo usermod -aG docker $USER, then log in again)";
  return messageOf(error);
}
