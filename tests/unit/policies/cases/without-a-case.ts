/** Requirements on a plan whose cases are still to be written. */
export const WITHOUT_A_CASE: readonly string[] = [];
