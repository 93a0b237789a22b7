import { messageOf } from "../../kernel/errors.ts";
import { managedServersOf } from "../../topology/resolved-digitalocean.ts";
import { connectData, type DataConnector } from "../../verify/connect-data-host.ts";
import { connectManaged, type ManagedConnector } from "../../verify/connect-digitalocean.ts";
import type { LiveSession } from "../../facts/from-live/live-access.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import { type Look, LOOK, type Looked } from "../stack/server-look.ts";
import type { SshWay } from "./open-way.ts";

/** What came of asking by SQL, over TLS and through the data host. */
export interface ServerLooks {
  readonly managed: readonly Looked[];
  /** Why the pool was not reached; `undefined` where it was, and without a pool. */
  readonly managedPool: string | undefined;
  /** Empty without a data host. */
  readonly data: readonly Looked[];
  readonly dataPool: string | undefined;
}

/** Looks at every server of both databases, as the role that monitors, and writes nothing. */
export async function lookAtServers(world: DigitalOceanWorld, way: SshWay, signal: AbortSignal): Promise<ServerLooks> {
  const { dataSecrets, delivery, outputs, topology } = world;
  const server = topology.dataHost?.server;
  // Of tries with another authority, which nobody makes here.
  const strangerCa = "";
  const forward = "forward" in way ? way.forward.bind(way) : undefined;
  const attempt = (connecting: () => Promise<LiveSession>) => lookThrough(way, connecting, signal);
  const managed: ManagedConnector = { topology, outputs, passwords: delivery.passwords, strangerCa, forward };
  const data: DataConnector | undefined = server &&
    dataSecrets &&
    outputs.data && { server, outputs: outputs.data, secrets: dataSecrets, strangerCa, forward };
  const { part: first } = topology.primary;
  const [managedLooks, managedPool, dataLooks, dataPool] = await Promise.all([
    Promise.all(
      managedServersOf(topology).map(async ({ part }) => ({
        part,
        look: await attempt(() => connectManaged(managed, { part, role: "monitoring" })),
      })),
    ),
    topology.pooling &&
      answer(way, () => connectManaged(managed, { part: first, role: "readWrite", pooled: true }), signal),
    data && attempt(() => connectData(data, { part: data.server.primary.part, role: "monitoring" })),
    data?.server.pooling && answer(way, () => connectData(data, { part: "pooler", role: "readWrite" }), signal),
  ]);
  return {
    managed: managedLooks,
    managedPool,
    data: dataLooks === undefined ? [] : [{ part: `data-${data?.server.primary.part ?? ""}`, look: dataLooks }],
    dataPool,
  };
}

async function lookThrough(
  way: SshWay,
  connecting: () => Promise<LiveSession>,
  signal: AbortSignal,
): Promise<Look | string> {
  let look: Look | undefined;
  const why = await within(way, connecting, signal, async (session) => {
    const [row] = await session.rows<{ look: string }>(LOOK);
    look = row && (JSON.parse(row.look) as Look);
  });
  return look ?? why ?? "the server gave no row";
}

/** A query that any pool can serve. @returns why there is no answer */
function answer(way: SshWay, connecting: () => Promise<LiveSession>, signal: AbortSignal): Promise<string | undefined> {
  return within(way, connecting, signal, async (session) => {
    await session.rows("SELECT 1");
  });
}

/** @returns why it could not be done */
async function within(
  way: SshWay,
  connecting: () => Promise<LiveSession>,
  signal: AbortSignal,
  work: (session: LiveSession) => Promise<void>,
): Promise<string | undefined> {
  if ("closed" in way) return way.closed;
  try {
    const session = await connecting();
    try {
      await work(session);
      return undefined;
    } finally {
      await session.end();
    }
  } catch (error) {
    signal.throwIfAborted();
    return messageOf(error).split("\n")[0] ?? "";
  }
}
