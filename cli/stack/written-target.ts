import { targetOf } from "../../config/judge-configuration.ts";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import type { Target } from "../../topology/spec.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import type { Place } from "./place.ts";

const CLOUDS: readonly Target[] = ["gcp", "digitalocean"];

/** Where a stack runs, by the file that the engine reads, whatever else is wrong with it; on Docker where it says nothing. */
export async function writtenTarget({ configFile, sourceFile }: Place): Promise<Target> {
  const document = (await readConfiguration(configFile)) ?? (await readConfiguration(sourceFile));
  const written = targetOf(configurationOf(document)[TOPOLOGY_KEY]);
  return CLOUDS.find((cloud) => cloud === written) ?? "docker";
}
