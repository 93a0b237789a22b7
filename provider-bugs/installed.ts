import semver from "semver";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { type PackageName, PACKAGES } from "./bug.ts";

/** Versions that are installed, by package; a package of npm that is not there is not installed. */
export type InstalledVersions = ReadonlyMap<PackageName, readonly string[]>;

/** Of these, no lock file says anything by itself. */
const NO_NPM_PACKAGES: readonly PackageName[] = ["pulumi-cli", "postgresql", "pgbouncer"];
/** The CLI is pinned to the version of its SDK. */
const CLI_SDK = "@pulumi/pulumi";
const FOLDER = "node_modules/";

/** Whether a package comes from npm: when it is in no lock file, it is not there. */
export function isOfNpm(name: PackageName): boolean {
  return !NO_NPM_PACKAGES.includes(name);
}

/**
 * The versions that the text of a package-lock.json installs, a package that is there twice with both. The CLI's is its
 * SDK's.
 * @param name of the file, for messages
 * @throws {PgtError} exit code 3 when it is no lock file of npm 7 or newer
 */
export function installedIn(text: string, name: string): InstalledVersions {
  const found = new Map<PackageName, string[]>();
  for (const [path, entry] of Object.entries(packagesOf(text, name))) {
    const packageName = packageAt(path);
    if (packageName === undefined) continue;
    const { version } = (entry ?? {}) as { version?: unknown };
    if (typeof version !== "string" || semver.parse(version, { loose: true }) === null) {
      throw unreadable(name, `${path} has ${shown(version)} as its version`);
    }
    found.set(packageName, [...new Set([...(found.get(packageName) ?? []), version])]);
  }
  return new Map([...found].map(([key, versions]) => [key, versions.sort(semver.compareLoose)]));
}

/** The program's own SDK says which CLI runs it; one that a package has for itself does not. */
function packageAt(path: string): PackageName | undefined {
  if (path === `${FOLDER}${CLI_SDK}`) return "pulumi-cli";
  return PACKAGES.find((name) => isOfNpm(name) && (path === FOLDER + name || path.endsWith(`/${FOLDER}${name}`)));
}

function packagesOf(text: string, name: string): object {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch (error) {
    throw unreadable(name, text.trim() === "" ? "it is empty" : `it is no JSON, or not the whole of it`, error);
  }
  if (typeof lock !== "object" || lock === null) throw unreadable(name, "it is no map");
  const { lockfileVersion, packages } = lock as { lockfileVersion?: unknown; packages?: unknown };
  if (lockfileVersion !== 2 && lockfileVersion !== 3) {
    throw unreadable(name, `its lockfileVersion is ${shown(lockfileVersion)}, and must be 2 or 3`);
  }
  if (typeof packages !== "object" || packages === null || Array.isArray(packages)) {
    throw unreadable(name, `it has no "packages"`);
  }
  return packages;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function unreadable(name: string, why: string, cause?: unknown): PgtError {
  return new PgtError(`${name} can't be read as a lock file of npm: ${why}`, {
    exitCode: EXIT.couldNotCheck,
    fix: ['It is written by npm 7 or newer: "npm install --package-lock-only" makes it anew.'],
    cause,
  });
}
