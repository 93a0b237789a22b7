import { renderTable } from "../../kernel/table.ts";
import type { ListedStack, StackList } from "./touched-stacks.ts";

/** The stacks, for people. */
export function stacksText({ removed, since, stacks }: StackList): string {
  const lines: string[] = [];
  const changed = since === null ? "" : ` that what changed since ${since.ref} (${since.commit.slice(0, 12)}) touches`;
  if (stacks.length === 0)
    lines.push(since === null ? "This repository has no stack." : `There is no stack${changed}.`);
  else {
    if (since !== null) lines.push(`${count(stacks.length)}${changed}:`);
    const head = ["stack", "target", "environment", "lives", ...(since === null ? [] : ["touched by"])];
    lines.push(renderTable(head, stacks.map(rowOf)));
  }
  for (const stack of removed) {
    lines.push(
      `Pulumi.${stack}.yaml is gone; what the stack had made stays. Before the file goes: ./pgt down --stack ${stack}`,
    );
  }
  return lines.join("\n");
}

function rowOf({ environment, local, stack, target, touchedBy }: ListedStack): string[] {
  const [first = "", ...others] = touchedBy ?? [];
  const why = others.length === 0 ? first : `${first} and ${others.length} more`;
  const row = [stack, target, environment, local ? "on this machine" : "shared"];
  return touchedBy === null ? row : [...row, why];
}

function count(stacks: number): string {
  return stacks === 1 ? "1 stack" : `${stacks} stacks`;
}
