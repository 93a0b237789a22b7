import { PROJECT } from "../../config/keys.ts";

/** Whether something is made for it: neither a provider, nor a component or the stack, which only hold others. */
export function isManaged({ type }: { readonly type: string }): boolean {
  return !type.startsWith("pulumi:") && !type.startsWith(`${PROJECT}:`);
}
