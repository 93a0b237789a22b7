import type { FirewallFacts, HostFacts, MachineFacts, VolumeFacts } from "../facts/host.ts";
import type { AllKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known } from "../verdict.ts";

/** Judges each machine on the named facts. */
export function eachMachine<K extends keyof MachineFacts>(
  facts: HostFacts,
  names: readonly K[],
  judge: (machine: AllKnown<Pick<MachineFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["machines"], ({ machines }) => each(machines, names, judge, "there are no machines"));
}

/** Judges each cloud firewall on the named facts. */
export function eachFirewall<K extends keyof FirewallFacts>(
  facts: HostFacts,
  names: readonly K[],
  judge: (firewall: AllKnown<Pick<FirewallFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["firewalls"], ({ firewalls }) => each(firewalls, names, judge, "there are no firewalls"));
}

/** Judges each volume on the named facts. */
export function eachVolume<K extends keyof VolumeFacts>(
  facts: HostFacts,
  names: readonly K[],
  judge: (volume: AllKnown<Pick<VolumeFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["volumes"], ({ volumes }) => each(volumes, names, judge, "there are no volumes"));
}

function each<I extends { readonly name: string }, K extends keyof I & string>(
  items: readonly I[],
  names: readonly K[],
  judge: (item: AllKnown<Pick<I, K>>) => Verdict,
  nothing: string,
): Verdict {
  return every(
    items,
    ({ name }) => name,
    (item) => known(item, names, judge),
    nothing,
  );
}
