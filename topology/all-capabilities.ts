import { FEATURES, ON_EVERY_TARGET } from "./capabilities.ts";
import { POOLING_ACCESS, TLS_CHECKS } from "./pooling-access.ts";
import type { Target } from "./spec.ts";

/** What some targets have, emulate and lack, for machines. */
export function capabilitiesOf(targets: readonly Target[]) {
  return {
    features: FEATURES.map(({ on, ...feature }) => ({
      ...feature,
      on: Object.fromEntries(targets.map((target) => [target, on[target]])),
    })),
    fieldsOnEveryTarget: ON_EVERY_TARGET,
    ...(targets.includes("gcp") ? { poolingAccess: POOLING_ACCESS, tlsChecks: TLS_CHECKS } : {}),
  };
}
