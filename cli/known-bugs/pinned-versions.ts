import type { PackageName } from "../../provider-bugs/bug.ts";
import type { InstalledVersions } from "../../provider-bugs/installed.ts";
import { DIGITALOCEAN_PLUGIN } from "../setup/digitalocean-plugin.ts";
import { DOCKER_PLUGIN } from "../setup/docker-plugin.ts";
import { GCP_PLUGIN } from "../setup/gcp-plugin.ts";
import { PULUMI_VERSION } from "../setup/pulumi-version.ts";

/** What `pgt` installs beside the packages of the lock file, whatever that says. */
const PINNED: InstalledVersions = new Map<PackageName, readonly string[]>([
  ["@pulumi/gcp", [GCP_PLUGIN.version]],
  ["@pulumi/digitalocean", [DIGITALOCEAN_PLUGIN.version]],
  ["@pulumi/docker", [DOCKER_PLUGIN.version]],
  ["pulumi-cli", [PULUMI_VERSION]],
]);

/** The versions of this clone's lock file, and of the CLI and the plugins that run with it. */
export function withPinned(installed: InstalledVersions): InstalledVersions {
  const names = new Set([...installed.keys(), ...PINNED.keys()]);
  return new Map(
    [...names].map((name) => [name, [...new Set([...(installed.get(name) ?? []), ...(PINNED.get(name) ?? [])])]]),
  );
}
