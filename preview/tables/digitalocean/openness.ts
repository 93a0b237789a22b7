import { isIP } from "node:net";
import { ipv4Range, isWithinRange } from "../../../topology/validate/ipv4-range.ts";
import { listOf, objectOf, textOf } from "../edited-values.ts";

/** Whether every address of a range is in one of others; of what is no range of IPv4, whether it is among them. */
function isCovered(range: string, others: readonly string[]): boolean {
  if (others.includes(range)) return true;
  if (!isIpv4Range(range)) return range.includes(":") && others.includes("::/0");
  return others.some((other) => isIpv4Range(other) && isWithinRange(ipv4Range(whole(range)), ipv4Range(whole(other))));
}

/** Whether a list of trusted sources lets in what another one does not; an empty one lets everybody in. */
export function trustsMore(from: unknown, to: unknown): boolean {
  const [before, after] = [listOf(from).map(source), listOf(to).map(source)];
  if (after.length === 0) return before.length > 0;
  if (before.length === 0) return false;
  return after.some(
    ({ type, value }) =>
      !isCovered(
        value,
        before.filter((other) => other.type === type).map((other) => other.value),
      ),
  );
}

/** Whether a firewall's inbound rules let in what others do not. Without a rule, nobody gets in. */
export function letsMoreIn(from: unknown, to: unknown): boolean {
  const before = listOf(from).map(objectOf);
  return listOf(to)
    .map(objectOf)
    .some((rule) => {
      const same = before.filter((other) => isSamePort(rule, other));
      return SOURCES.some((field) => {
        const known = same.flatMap((other) => listOf(other[field]).map(textOf));
        return listOf(rule[field]).some((value) => !isCovered(textOf(value), known));
      });
    });
}

const SOURCES = [
  "sourceAddresses",
  "sourceDropletIds",
  "sourceKubernetesIds",
  "sourceLoadBalancerUids",
  "sourceTags",
] as const;

type Fields = Readonly<Record<string, unknown>>;

function isSamePort(one: Fields, other: Fields): boolean {
  return ["protocol", "portRange", "action"].every((field) => textOf(one[field]) === textOf(other[field]));
}

function source(rule: unknown): { readonly type: string; readonly value: string } {
  const { type, value } = objectOf(rule);
  return { type: textOf(type), value: textOf(value) };
}

function isIpv4Range(range: string): boolean {
  const [address = "", length = "32", ...more] = range.split("/");
  return isIP(address) === 4 && /^\d+$/.test(length) && Number(length) <= 32 && more.length === 0;
}

function whole(range: string): string {
  return range.includes("/") ? range : `${range}/32`;
}
