import { databasesOf, type ResolvedDocker } from "./resolved-docker.ts";
import { nodesOf } from "./resolved-self-run.ts";

/** A port on this machine, and the field of the spec that decides it. */
export interface PublishedPort {
  readonly port: number;
  readonly where: string;
}

/** Every port that a stack publishes, the first database's first. */
export function publishedPorts(stack: ResolvedDocker): readonly PublishedPort[] {
  return databasesOf(stack).flatMap(({ prefix, topology }) => {
    const ports = prefix === "" ? "ports" : "data.ports";
    const servers = nodesOf(topology).map(({ key, port }) => ({
      port,
      where: key === "primary" ? `${ports}.primary` : `replicas.${key}.port`,
    }));
    const { pooling } = topology;
    return pooling === undefined ? servers : [...servers, { port: pooling.port, where: `${ports}.pooler` }];
  });
}
