import type { ResolvedDigitalOcean } from "../topology/resolved-digitalocean.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import type { Applicability } from "./bug.ts";

type Detect<T extends ResolvedTopology> = (topology: T) => Applicability;

/** It bites. */
export function applies(why: string): Applicability {
  return { status: "applies", why };
}

/** It can't bite. */
export function doesNotApply(why: string): Applicability {
  return { status: "does not apply", why };
}

/** It bites where `holds`. */
export function appliesIf(holds: boolean, { yes, no }: { readonly yes: string; readonly no: string }): Applicability {
  return holds ? applies(yes) : doesNotApply(no);
}

/** For what an argument does that no topology can ask for, and no component sets. */
export function neverSet(argument: string): Detect<ResolvedTopology> {
  return () => doesNotApply(`nothing here sets ${argument}`);
}

/** For a bug of one target's resources. */
export function onGcp(detect: Detect<ResolvedGcp>): Detect<ResolvedTopology> {
  return (topology) => (topology.target === "gcp" ? detect(topology) : elsewhere(topology));
}

/** As {@link onGcp}. */
export function onDigitalOcean(detect: Detect<ResolvedDigitalOcean>): Detect<ResolvedTopology> {
  return (topology) => (topology.target === "digitalocean" ? detect(topology) : elsewhere(topology));
}

/** As {@link onGcp}. */
export function onDocker(detect: Detect<ResolvedDocker>): Detect<ResolvedTopology> {
  return (topology) => (topology.target === "docker" ? detect(topology) : elsewhere(topology));
}

function elsewhere({ target }: ResolvedTopology): Applicability {
  return doesNotApply(`the target is ${target}`);
}
