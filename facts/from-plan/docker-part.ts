import type { ContainerFacts, MountFacts } from "../../requirements/facts/containers.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { parsePostgresqlConf } from "../conf-files.ts";
import type { Parameters } from "../server-parameters.ts";
import { containerFacts } from "./docker-container.ts";
import { mapKnown, objects, type PlannedResource, text, texts } from "./planned-resource.ts";

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
export function plannedPart(resource: PlannedResource): PlannedPart {
  const container = containerFacts(resource);
  const part = container.part === UNKNOWN ? container.name : container.part;
  return { resource, container, part, kind: kindOf(resource, container.part) };
}

/** The user's name of a replica. */
export function replicaKey({ part }: PlannedPart): string {
  return part.startsWith(REPLICA) ? part.slice(REPLICA.length) : part;
}

/** Text of the uploaded file of this name, whatever its folder; `undefined` when none is uploaded. */
export function uploadedText({ resource }: PlannedPart, fileName: string): Known<string | undefined> {
  return mapKnown<readonly Readonly<Record<string, unknown>>[], string | undefined>(
    objects(resource.props, "uploads"),
    (uploads) => {
      for (const upload of uploads) {
        const path = text(upload, "file");
        if (path === UNKNOWN) return UNKNOWN;
        if (path?.split("/").at(-1) !== fileName) continue;
        const content = text(upload, "content");
        // Base 64, or a file of the machine that runs Pulumi: not read here.
        return content ?? UNKNOWN;
      }
      return undefined;
    },
  );
}

/** What postgresql.conf says; UNKNOWN where none is uploaded, for then the image or the volume has one. */
export function parametersOf(part: PlannedPart): Known<Parameters> {
  return mapKnown(uploadedText(part, "postgresql.conf"), (conf) =>
    conf === undefined ? UNKNOWN : parsePostgresqlConf(conf),
  );
}

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
  const image = text(resource.props, "image");
  const variables = texts(resource.props, "envs");
  const runsPostgres =
    (typeof image === "string" && /(^|\/)(postgres|postgis|postgresql|timescaledb)([:@-]|$)/.test(image)) ||
    (variables !== UNKNOWN && variables.some((variable) => /^(POSTGRES_|PGDATA=)/.test(variable)));
  return runsPostgres ? "primary" : "other";
}
