import { CLOUD_RUN_VARIABLE_LENGTH } from "../limits/cloud-run.ts";
import { topologyText } from "../verification-job.ts";
import type { GcpRule } from "./gcp-rule.ts";
import { isByDigest } from "./image-digest.ts";

const verificationRunsOneImage: GcpRule = ({ access: { verification } }) => {
  if (verification === undefined || isByDigest(verification.image)) return [];
  return [
    {
      where: "access.verification.image",
      got: verification.image,
      want: "an image by digest, as in registry/name@sha256:…",
      because: "it is handed the administrator's password, and a tag can be another image tomorrow",
      fix: "write the digest that the registry gave at the push",
    },
  ];
};

const verificationIsToldAll: GcpRule = (topology) => {
  if (topology.access.verification === undefined) return [];
  const { length } = topologyText(topology);
  const { max } = CLOUD_RUN_VARIABLE_LENGTH.bounds;
  if (length <= max) return [];
  return [
    {
      where: "access.verification",
      got: `a topology of ${length} characters`,
      want: `at most ${max}`,
      because: "the job is told the topology in one variable",
      fix: "write less into expected, or remove access.verification",
    },
  ];
};

/** The job that verifies from inside the VPC. */
export const VERIFICATION_RULES = {
  verificationRunsOneImage,
  verificationIsToldAll,
} satisfies Readonly<Record<string, GcpRule>>;
