import type {
  BackupsAnswer,
  ClusterAnswer,
  DigitalOceanApi,
  DropletAnswer,
  PoolAnswer,
  ReplicaAnswer,
} from "../../facts/from-live/digitalocean/digitalocean-answers.ts";
import { messageOf } from "../../kernel/errors.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { Unseen } from "../stack/status-shape.ts";

/** An answer; `found` is undefined where there is nothing of that id. */
export type Told<T> = { readonly found: T | undefined } | Unseen;

/** What the platform says of how a stack's things are doing. */
export interface PlatformLook {
  readonly cluster: Told<ClusterAnswer>;
  readonly replicas: Told<readonly ReplicaAnswer[]>;
  readonly pools: Told<readonly PoolAnswer[]>;
  readonly backups: Told<BackupsAnswer>;
  /** `undefined` without a data host. */
  readonly droplet: Told<DropletAnswer> | undefined;
}

/** Asks for all of it at once. What does not answer is told as such. @param api makes the client; it may lack a token */
export async function lookAtPlatform(
  { delivery: { clusterId, dataHost } }: DigitalOceanWorld,
  api: () => DigitalOceanApi,
  signal: AbortSignal,
): Promise<PlatformLook> {
  const ask = async <T>(asking: (api: DigitalOceanApi) => Promise<T | undefined>): Promise<Told<T>> => {
    try {
      return { found: await asking(api()) };
    } catch (error) {
      signal.throwIfAborted();
      return { unknown: messageOf(error) };
    }
  };
  const [cluster, replicas, pools, backups, droplet] = await Promise.all([
    ask((one) => one.cluster(clusterId)),
    ask((one) => one.replicas(clusterId)),
    ask((one) => one.pools(clusterId)),
    ask((one) => one.backups(clusterId)),
    dataHost === undefined ? undefined : ask((one) => one.droplet(dataHost.dropletId)),
  ]);
  return { cluster, replicas, pools, backups, droplet };
}

/** The word that the platform has for it; `missing`, or `unknown`. */
export function stateOf<T>(told: Told<T>, pick: (found: T) => string | undefined): string {
  if ("unknown" in told) return "unknown";
  return told.found === undefined ? "missing" : (pick(told.found) ?? "missing");
}

/** Why some of it was not seen, each reason once. */
export function unseenOf(look: PlatformLook): string[] {
  const reasons = [look.cluster, look.replicas, look.pools, look.backups, look.droplet].flatMap((told) =>
    told !== undefined && "unknown" in told ? [told.unknown] : [],
  );
  return [...new Set(reasons)];
}
