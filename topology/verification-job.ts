import { createHash } from "node:crypto";
import type { ResolvedGcp } from "./resolved-gcp.ts";
import type { CLOUD_ROLE_KEYS, CloudSecrets } from "./secrets.ts";

// What the job that verifies from inside the VPC, whoever makes it, and whoever starts it have to agree on.

/** What the job, its account and its secret are called among the stack's resources. */
export const VERIFICATION_ROLE = "verification";

/** What is started in the image; its working directory is the project. */
export const VERIFICATION_COMMAND = ["node", "verify/in-cloud.ts"] as const;

/** Where the job finds its passwords, as the JSON of {@link VerificationPasswords}. */
export const VERIFICATION_PASSWORDS_FILE = "/etc/pgtopology/verification/passwords.json";

/** The job's variables, none of them secret. */
export const VERIFICATION_VARIABLES = {
  topology: "PGTOPOLOGY_TOPOLOGY",
  project: "PGTOPOLOGY_PROJECT",
  suffix: "PGTOPOLOGY_SUFFIX",
  passwordsFile: "PGTOPOLOGY_PASSWORDS_FILE",
} as const;

/** Seconds after which the platform ends the job. */
export const VERIFICATION_TIMEOUT_SECONDS = 600;

/** The roles that a verification logs in as. */
export const VERIFICATION_LOGINS = [
  "administrator",
  "readWrite",
  "readOnly",
] as const satisfies readonly (typeof CLOUD_ROLE_KEYS)[number][];

/** The passwords of {@link VERIFICATION_LOGINS}. */
export type VerificationPasswords<S = string> = Pick<
  CloudSecrets<S>["passwords"],
  (typeof VERIFICATION_LOGINS)[number]
>;

/** A topology as the job is told it: the same text for the same topology, in whatever order its fields were written. */
export function topologyText(topology: ResolvedGcp): string {
  return JSON.stringify(topology, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? sorted(value) : value,
  );
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a report says of the topology that it is about, so that it is not taken for one about another. */
export function topologyDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
