/**
 * A rule that checkers of others have, or that a database needs and nobody has: the requirements that it is covered by, and
 * what of it they leave out; or why there is none.
 */
export type CoverageRow =
  | { readonly rule: string; readonly requirements: readonly string[]; readonly leftOut?: string }
  | { readonly rule: string; readonly notCovered: string };
