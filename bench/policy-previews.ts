import { makeContainerStack, POLICY_PACK } from "./container-stack.ts";

/** Seconds of previews without and with the pack, in turns. */
export async function measurePreviews(rounds: number): Promise<{ bare: number[]; guarded: number[] }> {
  const made = await makeContainerStack();
  const bare: number[] = [];
  const guarded: number[] = [];
  const preview = async (policyPacks: string[]): Promise<number> => {
    const begun = performance.now();
    await made.stack.preview({ policyPacks });
    return (performance.now() - begun) / 1000;
  };
  try {
    for (let round = 0; round <= rounds; round++) {
      process.stderr.write(round === 0 ? "previews: a round that does not count\n" : `previews: round ${round}\n`);
      const times = [() => preview([]), () => preview([POLICY_PACK])];
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      for (const index of order) {
        const taken = (await times[index]?.()) ?? NaN;
        if (round > 0) (index === 0 ? bare : guarded).push(taken);
      }
    }
  } finally {
    await made.remove();
  }
  return { bare, guarded };
}
