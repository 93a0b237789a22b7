import type { HttpsUrl, IsoDate } from "../topology/limits/limit.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";

/** What has bugs: packages by their npm name, which stands for SDK and plugin alike, and what is no package. */
export const PACKAGES = [
  "@pulumi/gcp",
  "@pulumi/digitalocean",
  "@pulumi/docker",
  "@pulumi/policy",
  "@pulumi/postgresql",
  "pulumi-cli",
  "postgresql",
  "pgbouncer",
] as const;

/** One of {@link PACKAGES}. */
export type PackageName = (typeof PACKAGES)[number];

/** Which versions have a bug. */
export type Affected =
  | {
      /** As far as its source says: versions outside the range are free of it. A range of semver. */
      readonly range: string;
      /** The first version without it. */
      readonly fixedIn: string;
      /** What of it was concluded instead of read. */
      readonly inferred?: string;
    }
  | {
      /** No version is known to be free of it. What other versions than these do was not looked at. A range of semver. */
      readonly seenIn: string;
      /** The day on which no fix was known here. */
      readonly unfixedAsOf: IsoDate;
    }
  | {
      /** Why it is not known which versions have it: every version may. */
      readonly notKnown: string;
    };

/** Whether a topology has what the bug bites. */
export interface Applicability {
  readonly status: "applies" | "does not apply" | "unknown";
  readonly why: string;
}

/** What is done about a bug. */
export type Workaround =
  | {
      readonly inPlace: true;
      readonly what: string;
      /** The file of this repository that does it. */
      readonly file: string;
    }
  | {
      readonly inPlace: false;
      /** What the user has to do. */
      readonly what: string;
    };

/** The test of this repository that would notice, by its file; or why there is none. */
export type NoticedBy = { readonly file: string } | { readonly none: string };

/** What a version of a provider, of the engine or of a server does otherwise than who uses it expects. */
export interface ProviderBug {
  /** Never used for another one. */
  readonly id: string;
  /** Numbers in the project's list of traps. */
  readonly traps: readonly number[];
  readonly package: PackageName;
  readonly affected: Affected;
  /** What happens, in one line. */
  readonly summary: string;
  /** What that costs. */
  readonly consequence: string;
  readonly detect: (topology: ResolvedTopology) => Applicability;
  readonly workaround: Workaround;
  readonly noticedBy: NoticedBy;
  readonly source: HttpsUrl;
}

/** The day on which this ledger knew of no fix, where it says that there is none. */
export const KNOWN_AS_OF: IsoDate = "2026-11-22";
