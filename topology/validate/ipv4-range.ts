/** A range of IPv4 addresses: the first and the last of them as numbers. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
  /** As it is written when no bit of a host is set. */
  readonly text: string;
  /** No bit of a host is set. */
  readonly isNetwork: boolean;
}

const BITS = 32;

/** A range from its notation `a.b.c.d/n`, whose shape was judged before. */
export function ipv4Range(cidr: string): Ipv4Range {
  const [address = "", length = ""] = cidr.split("/");
  const prefixLength = Number(length);
  const size = 2 ** (BITS - prefixLength);
  const given = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(given / size) * size;
  return {
    first,
    last: first + size - 1,
    prefixLength,
    text: `${ipv4Text(first)}/${prefixLength}`,
    isNetwork: given === first,
  };
}

/** Whether two ranges have an address in common. */
export function overlaps(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether every address of one range is in the other. */
export function isWithinRange(inner: Ipv4Range, outer: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
