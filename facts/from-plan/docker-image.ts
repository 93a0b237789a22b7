import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { mapKnown, type PlannedResource, text, texts } from "./planned-resource.ts";

type Props = PlannedResource["props"];

/** Names of images that run a PostgreSQL server, whoever they are of. */
const SERVER_IMAGE = /(^|\/)(postgres|postgis|postgresql(-repmgr)?|timescaledb(-ha)?|pgvector)([:@]|$)/;
const POOLER_IMAGE = /(^|\/)(pgbouncer)([:@-]|$)/;
/** Variables that the images of servers read; clients are told of some of them, too, beside a host. */
const SERVER_VARIABLE = /^(POSTGRES(QL)?_(PASSWORD|USER|DB|DATABASE|INITDB|HOST_AUTH)|PGDATA=)/;
const CLIENT_VARIABLE = /^(PGHOST|(POSTGRES(QL)?|DB|DATABASE)_(HOST|URL))=/;

/** A PostgreSQL server keeps its data in there: our label says so, else the image or what it is told. */
export function runsServer(props: Props, part: Known<string>): Known<boolean> {
  if (part !== UNKNOWN) return part === "primary" || part.startsWith("replica-");
  if (runsPooler(props)) return false;
  const image = text(props, "image");
  const variables = texts(props, "envs");
  if (typeof image === "string" && SERVER_IMAGE.test(image)) return true;
  if (variables !== UNKNOWN && variables.some((one) => CLIENT_VARIABLE.test(one))) return false;
  if (variables !== UNKNOWN && variables.some((one) => SERVER_VARIABLE.test(one))) return true;
  // An id tells nothing of what is in it.
  const silent = image === UNKNOWN || /^(sha256:)?[0-9a-f]{64}$/.test(image ?? "");
  return silent || variables === UNKNOWN ? UNKNOWN : false;
}

/** PgBouncer, by its image's name. */
export function runsPooler(props: Props): boolean {
  const image = text(props, "image");
  return typeof image === "string" && POOLER_IMAGE.test(image);
}

/** As in `postgres:17.2-alpine` or `postgis/postgis:17-3.5`; a name without a version, and an id, tell none. */
export function imageMajor(props: Props): Known<number> {
  return mapKnown(text(props, "image"), (image) => {
    const major = /:(?:pg)?(\d{1,2})(?:[.\-@]|$)/.exec((image ?? "").replace(/@sha256:[0-9a-f]{64}$/, ""))?.[1];
    return major === undefined ? UNKNOWN : Number(major);
  });
}
