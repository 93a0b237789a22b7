import { CLOUD_SQL_DOCS, type IsoDate, readAt, type Sourced } from "./limit.ts";

/** A major version of PostgreSQL. */
export interface PostgresqlVersion extends Sourced {
  readonly major: number;
  readonly releasedOn: IsoDate;
  /** The day of its last release: no fixes after it. */
  readonly endOfLifeOn: IsoDate;
}

/** A major version as Cloud SQL offers it. */
export interface CloudSqlVersion extends Sourced {
  readonly major: number;
  /** As `databaseVersion` takes it. */
  readonly databaseVersion: string;
  /** From then on, support costs extra. */
  readonly extendedSupportOn?: IsoDate;
  /** The end of extended support. */
  readonly deprecatedOn?: IsoDate;
}

/** Whether a target has a version, and why not. */
export type VersionSupport = { readonly supported: true } | { readonly supported: false; readonly reason: string };

/** The targets whose limits are known. */
export const LIMIT_TARGETS = ["docker", "gcp", "digitalocean"] as const;

/** One of {@link LIMIT_TARGETS}. */
export type LimitTarget = (typeof LIMIT_TARGETS)[number];

const VERSIONING = readAt("https://www.postgresql.org/support/versioning/", "2026-08-20");

/** The majors that a topology can meet, the newest first. */
export const POSTGRESQL_VERSIONS: readonly PostgresqlVersion[] = [
  { major: 18, releasedOn: "2025-09-25", endOfLifeOn: "2030-11-14", provenance: VERSIONING },
  { major: 17, releasedOn: "2024-09-26", endOfLifeOn: "2029-11-08", provenance: VERSIONING },
  { major: 16, releasedOn: "2023-09-14", endOfLifeOn: "2028-11-09", provenance: VERSIONING },
  { major: 15, releasedOn: "2022-10-13", endOfLifeOn: "2027-11-11", provenance: VERSIONING },
  { major: 14, releasedOn: "2021-09-30", endOfLifeOn: "2026-11-12", provenance: VERSIONING },
  { major: 13, releasedOn: "2020-09-24", endOfLifeOn: "2025-11-13", provenance: VERSIONING },
];

/**
 * The same majors on Cloud SQL; it offers older ones too, which are past their end everywhere. The dates are those of
 * the page in mid-2025 (the time of 17.5), when it had no line for 18 yet.
 */
export const CLOUD_SQL_VERSIONS: readonly CloudSqlVersion[] = [
  {
    major: 18,
    databaseVersion: "POSTGRES_18",
    provenance: readAt(`${CLOUD_SQL_DOCS}/instance-settings`),
  },
  cloudSql(17, "2030-02-01", "2033-02-01"),
  cloudSql(16, "2029-02-01", "2032-02-01"),
  cloudSql(15, "2028-02-01", "2031-02-01"),
  cloudSql(14, "2027-02-01", "2030-02-01"),
  cloudSql(13, "2026-02-01", "2029-02-01"),
];

/** The major that the image of the docker target carries, and Debian 13 on a data host. */
const IMAGE_MAJOR = 17;

/** The majors that a target can run, the newest first. */
export function supportedMajors(target: LimitTarget): number[] {
  return POSTGRESQL_VERSIONS.map(({ major }) => major).filter((major) => versionSupport(target, major).supported);
}

/** Whether a target can run a major. Being past its end is no matter of support: `instances/version-cared-for` judges it. */
export function versionSupport(target: LimitTarget, major: number): VersionSupport {
  switch (target) {
    case "docker":
      if (major === IMAGE_MAJOR) return { supported: true };
      return { supported: false, reason: `the image carries PostgreSQL ${IMAGE_MAJOR} only` };
    case "gcp":
      if (CLOUD_SQL_VERSIONS.some((version) => version.major === major)) return { supported: true };
      return { supported: false, reason: "Cloud SQL does not offer it, or it is too old to be considered" };
    case "digitalocean":
      if (major === IMAGE_MAJOR) return { supported: true };
      return { supported: false, reason: `only PostgreSQL ${IMAGE_MAJOR} has been built and tried` };
  }
}

function cloudSql(major: number, extendedSupportOn: IsoDate, deprecatedOn: IsoDate): CloudSqlVersion {
  const databaseVersion = `POSTGRES_${major}`;
  return {
    major,
    databaseVersion,
    extendedSupportOn,
    deprecatedOn,
    provenance: readAt(`${CLOUD_SQL_DOCS}/db-versions`),
  };
}
