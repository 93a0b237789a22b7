/** What a change costs, from nothing to the data itself; each is worse than the one before. */
export const CHANGE_LABELS = ["none", "reload", "restart", "failover", "rebuild", "replace", "data loss"] as const;

/** One of {@link CHANGE_LABELS}. Who would notice, and for how long, is judged separately. */
export type ChangeLabel = (typeof CHANGE_LABELS)[number];

/** The worst of some labels; `none` when there are none. */
export function worst(labels: Iterable<ChangeLabel>): ChangeLabel {
  let index = 0;
  for (const label of labels) index = Math.max(index, CHANGE_LABELS.indexOf(label));
  return CHANGE_LABELS[index] ?? "none";
}

/** Whether a label is worse than another one. */
export function isWorse(label: ChangeLabel, than: ChangeLabel): boolean {
  return CHANGE_LABELS.indexOf(label) > CHANGE_LABELS.indexOf(than);
}
