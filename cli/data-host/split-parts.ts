import type { Endpoint } from "../../topology/contract.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { Looked } from "../stack/server-look.ts";
import type { PartStatus, Unseen } from "../stack/status-shape.ts";
import type { HostPart } from "./host-parts.ts";
import type { SshWay } from "./open-way.ts";
import { type PlatformLook, stateOf } from "./platform-look.ts";
import type { ServerLooks } from "./server-looks.ts";
import type { UnitState } from "./unit-states.ts";

/** Servers and pool of the managed primary: the platform says in which state they are, SQL whether they do their work. */
export function managedParts(
  { outputs, topology }: DigitalOceanWorld,
  { cluster, pools, replicas }: PlatformLook,
  looks: ServerLooks,
  way: SshWay,
): PartStatus[] {
  const lookOf = (part: string) => looks.managed.find((looked) => looked.part === part)?.look;
  const { primary, pooling } = topology;
  return [
    servedPart(
      primary.part,
      stateOf(cluster, ({ status }) => status ?? "unknown"),
      outputs.writer,
      lookOf(primary.part),
      way,
    ),
    ...topology.replicas.map(({ key, part }) => {
      const state = stateOf(replicas, (found) => {
        const replica = found.find(({ name }) => name === key);
        return replica && (replica.status ?? "unknown");
      });
      return servedPart(part, state, outputs.readers[key], lookOf(part), way);
    }),
    ...(pooling === undefined
      ? []
      : [
          servedPart(
            "pooler",
            stateOf(pools, (found) => (found.some(({ name }) => name === pooling.writerPool) ? "made" : undefined)),
            outputs.pooled,
            looks.managedPool,
            way,
          ),
        ]),
  ];
}

/** @param look a text says why it does not serve */
function servedPart(
  part: string,
  state: string,
  endpoint: Endpoint | undefined,
  look: Looked["look"] | undefined,
  way: SshWay,
): PartStatus {
  return {
    ...NO_TIMES,
    part,
    state,
    health: healthOf(state, typeof look !== "string", way),
    addresses: addressOf(endpoint),
  };
}

const NO_TIMES = { image: null, since: null, lastRun: null, nextRun: null } as const;

function addressOf(endpoint: Endpoint | undefined): string[] {
  return endpoint === undefined ? [] : [`${endpoint.host}:${endpoint.port}`];
}

function healthOf(state: string, serves: boolean, way: SshWay): string {
  if (state === "missing") return "none";
  if ("closed" in way) return "unknown";
  return serves ? "healthy" : "unhealthy";
}

/** Through what the parts of the data database are seen. */
export interface HostPartsLook {
  readonly world: DigitalOceanWorld;
  readonly units: readonly HostPart[];
  readonly platform: PlatformLook;
  readonly looks: ServerLooks;
  readonly way: SshWay;
  readonly states: ReadonlyMap<string, UnitState> | Unseen;
}

/** The data host itself, its server, its pooler, and what it does at its times. */
export function hostParts({ looks, platform, states, units, way, world }: HostPartsLook): PartStatus[] {
  const { data } = world.outputs;
  const serves: Readonly<Record<string, boolean>> = {
    "data-primary": looks.data.some(({ look }) => typeof look !== "string"),
    "data-pooler": looks.dataPool === undefined,
  };
  const endpoints: Readonly<Record<string, Endpoint | undefined>> = {
    "data-primary": data?.writer,
    "data-pooler": data?.pooled,
  };
  return [
    hostPart(world, platform, way),
    ...units.map(({ name }) => {
      const addresses = addressOf(endpoints[name]);
      const unit = "unknown" in states ? undefined : states.get(name);
      if (unit === undefined) return { ...NO_TIMES, part: name, state: "unknown", health: "unknown", addresses };
      const { sound, ...shown } = unit;
      const does = sound && (serves[name] ?? true);
      const health = shown.state === "missing" ? "none" : does ? "healthy" : "unhealthy";
      return { ...NO_TIMES, part: name, ...shown, health, addresses };
    }),
  ];
}

function hostPart({ delivery }: DigitalOceanWorld, { droplet }: PlatformLook, way: SshWay): PartStatus {
  const state = droplet === undefined ? "missing" : stateOf(droplet, ({ status }) => status ?? "unknown");
  const isOff = !["active", "unknown", "missing"].includes(state);
  const address = delivery.dataHost?.publicAddress;
  return {
    ...NO_TIMES,
    part: "data-host",
    state,
    health: isOff ? "unhealthy" : healthOf(state, true, way),
    addresses: address === undefined ? [] : [`${address}:22`],
  };
}
