import type { SshSession } from "../../ssh/session.ts";
import { managedServersOf } from "../../topology/resolved-digitalocean.ts";
import { digitalOceanApi, digitalOceanSettings } from "../../verify/digitalocean-api.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { StackStatus } from "../stack/status-shape.ts";
import { deliveryOf } from "./delivery.ts";
import { type HostPart, hostPartsOf, requireHostPart } from "./host-parts.ts";
import { openHost } from "./open-host.ts";
import { openSshWay } from "./open-way.ts";
import { readSplitStatus } from "./split-status.ts";

/** The parts of a stack's data host; none without one. */
export function partsOnHost(context: CommandContext, world: DigitalOceanWorld): readonly HostPart[] {
  if (world.topology.dataHost === undefined || world.delivery.dataHost === undefined) return [];
  const { place, server } = deliveryOf(world, context.root, new Date());
  return hostPartsOf(server, place);
}

/** Those that are asked for: all, or the named one. @throws {PgtError} exit code 2 when that has no log here */
export function partsWithLogs(
  context: CommandContext,
  world: DigitalOceanWorld,
  name: string | undefined,
): readonly HostPart[] {
  const parts = partsOnHost(context, world);
  const { pooling, stack } = world.topology;
  const managed = [
    ...managedServersOf(world.topology).map(({ part }) => part),
    ...(pooling === undefined ? [] : ["pooler"]),
  ];
  return name === undefined ? parts : [requireHostPart(parts, name, { managed, stack })];
}

/** Works with a session on the data host, and ends it. */
export async function withHost<T>(
  context: CommandContext,
  world: DigitalOceanWorld,
  work: (session: SshSession) => Promise<T>,
): Promise<T> {
  const session = await openHost(context, world);
  try {
    return await work(session);
  } finally {
    session.end();
  }
}

/** The health of both databases, with progress on stderr. */
export function splitStatus(context: CommandContext, world: DigitalOceanWorld): Promise<StackStatus> {
  const { env, signal } = context;
  return runStep(context, "status", async (say) => {
    const { close, way } = await openSshWay(context, world, say);
    try {
      const api = () => digitalOceanApi({ ...digitalOceanSettings(env), signal });
      return await readSplitStatus({ world, units: partsOnHost(context, world), api, way, signal });
    } finally {
      close();
    }
  });
}
