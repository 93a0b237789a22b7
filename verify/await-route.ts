import { once } from "node:events";
import { connect } from "node:net";
import type { CloudEndpoint } from "../facts/from-live/gcp/cloud-access.ts";
import { waitUntil } from "../kernel/wait-until.ts";

/** A first connection through the VPC may take more than a minute: https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc */
const ROUTE_TIMEOUT_MS = 150_000;
const TRY_TIMEOUT_MS = 5000;
const LOOK_EVERY_MS = 1000;

/**
 * Waits until a server can be reached at all: a job that has just started may be ahead of its network.
 * @throws {PgtError} when the time is up; the signal's reason when it is aborted
 */
export async function awaitRoute(
  { host, part, port }: Pick<CloudEndpoint, "host" | "part" | "port">,
  { signal, timeoutMs = ROUTE_TIMEOUT_MS }: { signal: AbortSignal; timeoutMs?: number },
): Promise<void> {
  await waitUntil(() => reaches(host, port, signal), {
    name: `a way through the VPC to ${part}`,
    timeoutMs,
    intervalMs: LOOK_EVERY_MS,
    signal,
  });
}

async function reaches(host: string, port: number, signal: AbortSignal): Promise<true> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect", { signal: AbortSignal.any([signal, AbortSignal.timeout(TRY_TIMEOUT_MS)]) });
    return true;
  } finally {
    socket.destroy();
  }
}
