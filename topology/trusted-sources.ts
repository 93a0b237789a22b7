import type { ResolvedDigitalOcean } from "./resolved-digitalocean.ts";

/** Who may connect to a managed server, as DigitalOcean's API writes it. */
export interface TrustedSource<T = string> {
  readonly type: "ip_addr" | "droplet";
  readonly value: T;
}

/** A port of the data host, and the addresses that it is open to. */
export interface OpenPort<T = string> {
  readonly port: number;
  readonly sources: readonly T[];
}

/** What only the platform knows: `T` is plain, or an output of what is being made. */
export interface NetworkPlace<T = string> {
  /** Addresses of the VPC. */
  readonly cidr: T;
  /** The platform's id of the data host; `undefined` without one. */
  readonly dataHostId: T | undefined;
}

/**
 * Who may connect to the managed servers, and nobody else: the data host where there is one, by its id, which no other
 * machine ever gets; else the VPC. An empty list would let everybody in, so that there is always one.
 * @see https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/
 */
export function trustedSources<T>(
  { sources }: Pick<ResolvedDigitalOcean, "sources">,
  { cidr, dataHostId }: NetworkPlace<T>,
): TrustedSource<T | string>[] {
  const own: TrustedSource<T> =
    dataHostId === undefined ? { type: "ip_addr", value: cidr } : { type: "droplet", value: dataHostId };
  return [own, ...sources.map((value) => ({ type: "ip_addr" as const, value }))];
}

/** The open ports of the data host: the databases' for their clients, and SSH for who administers it. */
export function openPorts<T>(
  { dataHost, sources }: Pick<ResolvedDigitalOcean, "dataHost" | "sources">,
  { cidr }: Pick<NetworkPlace<T>, "cidr">,
): OpenPort<T | string>[] {
  if (dataHost === undefined) return [];
  const { pooling, primary } = dataHost.server;
  const clients = [cidr, ...sources];
  return [
    { port: primary.port, sources: clients },
    ...(pooling === undefined ? [] : [{ port: pooling.port, sources: clients }]),
    // A rule without sources is refused by the platform.
    ...(dataHost.sshSources.length === 0 ? [] : [{ port: 22, sources: dataHost.sshSources }]),
  ];
}

/** The least prefix of a range that one organisation may have; what is shorter lets strangers in. */
const LEAST_PREFIX = { ipv4: 8, ipv6: 16 };

/** Whether a range, in either version of IP, is the whole world or a part of it that nobody owns alone. */
export function isWorldOpen(range: string): boolean {
  const prefix = /^[0-9a-f.:]+\/(\d+)$/i.exec(range)?.[1];
  if (prefix === undefined) return false;
  return Number(prefix) < (range.includes(":") ? LEAST_PREFIX.ipv6 : LEAST_PREFIX.ipv4);
}
