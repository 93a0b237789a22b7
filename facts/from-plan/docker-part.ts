import type { ContainerFacts, MountFacts } from "../../requirements/facts/containers.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { type Ini, parseIni, parsePostgresqlConf } from "../conf-files.ts";
import type { Parameters } from "../server-parameters.ts";
import { containerFacts } from "./docker-container.ts";
import { commandParameters } from "./docker-command.ts";
import { runsPooler, runsServer } from "./docker-image.ts";
import { mapKnown, objects, type PlannedResource, text } from "./planned-resource.ts";
import { readOnce } from "./read-once.ts";

/** A planned container with the files that are put into it. */
export interface PlannedPart {
  readonly resource: PlannedResource;
  readonly container: ContainerFacts;
  readonly kind: "primary" | "replica" | "pooler" | "scheduler" | "other";
  /** `primary`, `replica-<key>`, …; without our label, the container's name. */
  readonly part: string;
}

const REPLICA = "replica-";

/** Reads a planned container; one without our label is told by what is in it. */
export const plannedPart = readOnce((resource: PlannedResource): PlannedPart => {
  const container = containerFacts(resource);
  const part = container.part === UNKNOWN ? container.name : container.part;
  return { resource, container, part, kind: kindOf(resource, container.part) };
});

/** The user's name of a replica. */
export function replicaKey({ part }: PlannedPart): string {
  return part.startsWith(REPLICA) ? part.slice(REPLICA.length) : part;
}

/** Text of the uploaded file of this name, whatever its folder; `undefined` when none is uploaded. */
export function uploadedText(part: PlannedPart, fileName: string): Known<string | undefined> {
  const files = uploadedFiles(part);
  return files === UNKNOWN ? UNKNOWN : files.get(fileName);
}

/** By name; of two in different folders, the first. */
const uploadedFiles = readOnce(({ resource }: PlannedPart) =>
  mapKnown(objects(resource.props, "uploads"), (uploads) => {
    const files = new Map<string, Known<string>>();
    for (const upload of uploads) {
      const path = text(upload, "file");
      if (path === UNKNOWN) return UNKNOWN;
      const name = path?.slice(path.lastIndexOf("/") + 1) ?? "";
      // Base 64, or a file of the machine that runs Pulumi: not read here.
      if (!files.has(name)) files.set(name, text(upload, "content") ?? UNKNOWN);
    }
    return files;
  }),
);

/** An uploaded ini file of this name; UNKNOWN where none is uploaded, for then the image or the volume has one. */
export function uploadedIni(part: PlannedPart, fileName: string): Known<Ini> {
  const read = INI_FILES(part);
  const earlier = read.get(fileName);
  if (earlier !== undefined) return earlier;
  const ini = mapKnown(uploadedText(part, fileName), (content) =>
    content === undefined ? UNKNOWN : parseIni(content),
  );
  read.set(fileName, ini);
  return ini;
}

/** Those that were read already, by name. */
const INI_FILES = readOnce((_: PlannedPart) => new Map<string, Known<Ini>>());

/**
 * What postgresql.conf and the command line say; UNKNOWN where no file is uploaded, for then the image or the volume has
 * one.
 */
export const parametersOf = readOnce((part: PlannedPart): Known<Parameters> =>
  mapKnown(uploadedText(part, "postgresql.conf"), (conf) =>
    mapKnown(commandParameters(part.resource), (given) =>
      conf === undefined ? UNKNOWN : { ...parsePostgresqlConf(conf), ...given },
    ),
  ),
);

/** True for a container in which a PostgreSQL server keeps its data. */
export function isServer({ kind }: PlannedPart): boolean {
  return kind === "primary" || kind === "replica";
}

/** What lies at a path: the mount with the longest target above it. */
export function mountAt(mounts: readonly MountFacts[], path: string): MountFacts | undefined {
  return mounts
    .filter(({ target }) => path === target || path.startsWith(target.endsWith("/") ? target : `${target}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
}

function kindOf(resource: PlannedResource, part: Known<string>): PlannedPart["kind"] {
  if (part !== UNKNOWN) {
    if (part === "primary" || part === "pooler" || part === "scheduler") return part;
    return part.startsWith(REPLICA) ? "replica" : "other";
  }
  if (runsPooler(resource.props)) return "pooler";
  return runsServer(resource.props, UNKNOWN) === true ? "primary" : "other";
}
