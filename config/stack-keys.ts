import { closestName } from "../kernel/closest-name.ts";
import type { Issue } from "../topology/issue.ts";
import { SUFFIX_LENGTH } from "../topology/names.ts";
import { DATA_KEYS, SECRET_KEYS } from "../topology/secrets.ts";
import {
  DATA_HOST_KEY,
  DISASTER_RECOVERY_KEY,
  GCP_PROJECT_KEY,
  IMAGE_KEY,
  PERMISSIONS_KEY,
  POLICIES_KEY,
  PROJECT,
  SECRET_NAMES_KEY,
  SECRETS_KEY,
  SUFFIX_KEY,
  TOPOLOGY_KEY,
} from "./keys.ts";

const OWN_PREFIX = `${PROJECT}:`;

/** The keys beside the topology that the project reads, and who writes them. */
export const STACK_KEYS: readonly { readonly key: string; readonly meaning: string }[] = [
  {
    key: GCP_PROJECT_KEY,
    meaning: "Yours to write, on gcp: the id of the Google Cloud project that everything is made in; not its number.",
  },
  { key: PERMISSIONS_KEY, meaning: "Yours to write: see below." },
  {
    key: POLICIES_KEY,
    meaning: "Yours to write: what the policy pack is told; see [policies](../policies.md).",
  },
  {
    key: OWN_PREFIX + SUFFIX_KEY,
    meaning: `Written by \`pgt up\`, on gcp: 1 to ${SUFFIX_LENGTH} letters and digits that end every name in the cloud. Keep it: with another one, everything is made anew.`,
  },
  {
    key: OWN_PREFIX + DISASTER_RECOVERY_KEY,
    meaning: "Written by `pgt up`, on gcp: the replica that is designated to take over from the primary.",
  },
  {
    key: OWN_PREFIX + DATA_HOST_KEY,
    meaning: "Written by `pgt up`, on digitalocean: the fingerprint of the data host's SSH key, which is compared.",
  },
  { key: OWN_PREFIX + SECRETS_KEY, meaning: "Written by `pgt up`: every secret in one encrypted value." },
  { key: OWN_PREFIX + SECRET_NAMES_KEY, meaning: "Written by `pgt up`: what that value holds." },
  {
    key: `${OWN_PREFIX}${SECRET_KEYS.caCertificate}`,
    meaning: "Written by `pgt up`, on docker: the stack's own authority.",
  },
  {
    key: `${OWN_PREFIX}${DATA_KEYS.caCertificate}`,
    meaning: "Written by `pgt up`, with a data database: its authority.",
  },
  { key: OWN_PREFIX + IMAGE_KEY, meaning: "Written by `pgt up`, on docker: the id of the image that containers take." },
];

/** Each part's certificate has a key of its own, with the part's name behind. */
const CERTIFICATE_PREFIXES = [SECRET_KEYS, DATA_KEYS].map((keys) => OWN_PREFIX + keys.certificate(""));

const OWN_KEYS = [TOPOLOGY_KEY, ...STACK_KEYS.map(({ key }) => key).filter((key) => key.startsWith(OWN_PREFIX))];

/** What is wrong with the keys beside the topology: a name that nobody reads, and values of an odd form. */
export function stackKeyIssues(configuration: Readonly<Record<string, unknown>>): Issue[] {
  const { [OWN_PREFIX + SUFFIX_KEY]: suffix, [OWN_PREFIX + DISASTER_RECOVERY_KEY]: replica } = configuration;
  return [
    ...Object.keys(configuration)
      .filter((key) => key.startsWith(OWN_PREFIX) && !OWN_KEYS.includes(key) && !isCertificate(key))
      .map(unknownKey),
    ...suffixIssues(suffix),
    ...(replica === undefined || typeof replica === "string" ? [] : [oddReplica(replica)]),
  ];
}

/** What is wrong with the project of a stack on Cloud SQL. @see https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects (read 2026-11-21) */
export function projectIssues(project: unknown): Issue[] {
  if (typeof project === "string" && /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) return [];
  const isNumber = typeof project === "number";
  return [
    {
      where: GCP_PROJECT_KEY,
      got: shown(project),
      want: "a project's id: 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last",
      ...(isNumber && { because: "that is a project's number: names and connections are made of its id" }),
      fix: isNumber
        ? `see its id: gcloud projects describe ${project}`
        : `add "${GCP_PROJECT_KEY}: <your project's id>" below "config:"`,
    },
  ];
}

function isCertificate(key: string): boolean {
  return CERTIFICATE_PREFIXES.some((prefix) => key.startsWith(prefix));
}

function unknownKey(key: string): Issue {
  const meant = closestName(key, OWN_KEYS);
  return {
    where: key,
    got: "an unknown key",
    want: `one of ${OWN_KEYS.join(", ")}`,
    because: "nobody reads it",
    fix: meant === undefined ? "remove it" : `did you mean ${meant}?`,
  };
}

function suffixIssues(suffix: unknown): Issue[] {
  if (suffix === undefined) return [];
  if (typeof suffix === "string" && new RegExp(`^[a-z0-9]{1,${SUFFIX_LENGTH}}$`).test(suffix)) return [];
  return [
    {
      where: OWN_PREFIX + SUFFIX_KEY,
      got: shown(suffix),
      want: `1 to ${SUFFIX_LENGTH} lower-case letters and digits, as text`,
      because: "every name in the cloud ends with it: another one would make every server anew",
      fix: `put back what "pgt up" wrote, digits in quotes; on a stack that was never made, remove it`,
    },
  ];
}

function oddReplica(value: unknown): Issue {
  return {
    where: OWN_PREFIX + DISASTER_RECOVERY_KEY,
    got: shown(value),
    want: "the name of a replica",
    fix: `remove it: "pgt up" writes it when the replica runs`,
  };
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
