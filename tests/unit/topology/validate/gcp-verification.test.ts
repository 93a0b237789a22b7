// Whether the image has this project in it is not proven: the job says so when it starts.
import { describe } from "mocha";
import { VERIFICATION_RULES } from "../../../../topology/validate/gcp-verification.ts";
import { topologyText } from "../../../../topology/verification-job.ts";
import { type GcpCase, type GcpWish, resolved, testRules, VERIFICATION } from "../../../support/gcp-cases.ts";

const verified = (access: GcpWish["access"]): GcpWish => ({ access: { verification: VERIFICATION, ...access } });
const tables = (count: number): string[] => Array.from({ length: count }, (_, index) => `shop.table_${index}`);

const WIDE: GcpWish = { ...verified({}), expected: { tables: tables(2000) } };

const CASES: Record<keyof typeof VERIFICATION_RULES, readonly GcpCase[]> = {
  verificationRunsOneImage: [
    {
      title: "an image that can be another tomorrow, in staging too",
      good: verified({}),
      bad: verified({ verification: { image: "registry.example/pgtopology:1" } }),
      text: `access.verification.image
    got: registry.example/pgtopology:1
    want: an image by digest, as in registry/name@sha256:…
    because: it is handed the administrator's password, and a tag can be another image tomorrow
    fix: write the digest that the registry gave at the push`,
    },
  ],
  verificationIsToldAll: [
    {
      title: "a topology that does not fit into a variable",
      good: { ...verified({}), expected: { tables: tables(1000) } },
      bad: WIDE,
      text: `access.verification
    got: a topology of ${topologyText(resolved(WIDE, "prod").topology).length} characters
    want: at most 32768
    because: the job is told the topology in one variable
    fix: write less into expected, or remove access.verification`,
    },
  ],
};

describe("the job that verifies Cloud SQL", () => {
  testRules(VERIFICATION_RULES, CASES);
});
