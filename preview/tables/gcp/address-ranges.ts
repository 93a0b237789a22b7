import { BlockList, isIP } from "node:net";
import type { Effect } from "../../../topology/change/rule.ts";
import type { ValueRule } from "../../resource-table.ts";
import { fieldOf, isNothing, oneOf } from "./value-rules.ts";

/** What lists of addresses mean, by how they change. */
export interface RangeEffects {
  /** Addresses that could not come in before. */
  readonly opens: Effect;
  readonly narrows: Effect;
  /** None is left. */
  readonly empties: Effect;
}

/** A list of ranges that may come in; of objects, by the field that holds the range. */
export function ranges({ opens, narrows, empties }: RangeEffects, field?: string): ValueRule {
  return oneOf([opens, narrows, empties], ({ from, to }) => {
    const [before, after] = [rangesOf(from, field), rangesOf(to, field)];
    if (before === undefined || after === undefined) return undefined;
    if (after.length === 0) return empties;
    return after.every((range) => before.some((other) => covers(other, range))) ? narrows : opens;
  });
}

/** Whether a range can hold all addresses of another one; what is no range holds itself only. */
function covers(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const [wide, narrow] = [rangeOf(outer), rangeOf(inner)];
  if (narrow === undefined || wide?.family !== narrow.family) return false;
  if (wide.prefix > narrow.prefix) return false;
  const list = new BlockList();
  list.addSubnet(wide.address, wide.prefix, wide.family);
  return list.check(narrow.address, narrow.family);
}

function rangeOf(text: string): { address: string; prefix: number; family: "ipv4" | "ipv6" } | undefined {
  const [address = "", suffix] = text.split("/");
  const version = isIP(address);
  if (version === 0) return undefined;
  const bits = version === 4 ? 32 : 128;
  const prefix = suffix === undefined ? bits : Number(suffix);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined;
  return { address, prefix, family: version === 4 ? "ipv4" : "ipv6" };
}

function rangesOf(value: unknown, field: string | undefined): readonly string[] | undefined {
  if (isNothing(value)) return [];
  if (!Array.isArray(value)) return undefined;
  const found = value.map((item: unknown) => (field === undefined ? item : fieldOf(item, field)));
  return found.every((item) => typeof item === "string") ? found : undefined;
}
