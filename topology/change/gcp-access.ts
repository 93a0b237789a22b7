import { CLOUD_SQL_DOCS, notConfirmed } from "../limits/limit.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import { INSTANCE_RESOURCE, REVISIONS, UNSAID } from "./gcp-sources.ts";
import { descends, type Effect, type Edit, type Rules } from "./rule.ts";

const POOLING = notConfirmed(
  `${CLOUD_SQL_DOCS}/managed-connection-pooling`,
  "the page of Cloud SQL for MySQL says that enabling it restarts; the one for PostgreSQL was not seen to say it",
);

/** From the authority whose certificates say most to the one whose certificates carry no name. */
const AUTHORITIES = ["customer", "shared", "per-instance"];

const NEW_REVISION: Effect = {
  label: "none",
  what: "the service gets a new revision; servers go on",
  source: REVISIONS,
};

const NEXT_JOB: Effect = {
  label: "none",
  what: "the job that verifies runs from it the next time; servers go on",
  source: { file: "components/gcp/verification-job.ts" },
};

const MOVED: Effect = {
  label: "replace",
  what: "an instance that loses its network is replaced by an empty one: moving it is a migration, not an edit",
  source: INSTANCE_RESOURCE,
};

/** A pooler of the cloud's own stands in front of the servers; one in the service is a part of its revision. */
function pooling({ old, next }: Edit<ResolvedGcp>): Effect {
  if (old.pooling?.kind !== "managed" && next.pooling?.kind !== "managed") return NEW_REVISION;
  return { label: "restart", what: "servers restart with their poolers, and sessions end", source: POOLING };
}

/** How servers are reached, and how both sides prove who they are. */
export const GCP_ACCESS: Rules<ResolvedGcp> = {
  "network.existing": MOVED,
  "network.subnet": NEW_REVISION,
  "network.subnetCidr": {
    label: "none",
    what: "the service's subnet is made anew, and its connections with it; servers go on",
    source: UNSAID,
  },
  "network.connection": MOVED,
  "network.servicesPrefixLength": {
    label: "replace",
    what: "the range with the servers' addresses is made anew: servers may have to be, too, and then are empty",
    source: UNSAID,
  },
  "access.path": NEW_REVISION,
  "access.login": NEW_REVISION,
  "access.certificateAuthority": (edit) => {
    // A connector knows its server by itself.
    const lowered = descends(edit, AUTHORITIES) && edit.to === "per-instance" && edit.next.access.path !== "socket";
    const check = lowered ? ", and can no longer check the server's name" : "";
    return {
      label: "restart",
      exposure: lowered,
      what: `servers show certificates of another authority and may restart; clients need its certificate${check}`,
      source: UNSAID,
    };
  },
  "access.certificateAuthorityPool": {
    label: "restart",
    what: "servers show certificates of another pool and may restart; clients need its certificate",
    source: UNSAID,
  },
  "access.tlsMode": { follows: "access.certificateAuthority" },
  "access.verification": ({ to }) =>
    to === undefined
      ? { ...NEXT_JOB, what: "the job that verifies is removed, and its passwords with it; servers go on" }
      : { ...NEXT_JOB, what: "a job that verifies is made, and three passwords are kept for it; servers go on" },
  "access.verification.image": NEXT_JOB,
  pooling,
  "pooling.kind": pooling,
  "pooling.mode": pooling,
  "pooling.writerPoolSize": pooling,
  "pooling.readerPoolSize": pooling,
  "pooling.maxClients": pooling,
  "pooling.maxPreparedStatements": pooling,
  "pooling.image": pooling,
  service: ({ to }) =>
    to === undefined ? { ...NEW_REVISION, what: "the service is removed; servers go on" } : NEW_REVISION,
  "service.image": NEW_REVISION,
  "service.port": NEW_REVISION,
  "service.minInstances": NEW_REVISION,
  "service.maxInstances": NEW_REVISION,
  "service.concurrency": NEW_REVISION,
  "service.cpus": NEW_REVISION,
  "service.memoryMiB": NEW_REVISION,
  "service.healthPath": NEW_REVISION,
  "service.environment.<name>": NEW_REVISION,
  "service.public": ({ to }) => ({
    label: "none",
    exposure: to === true,
    what:
      to === true
        ? "the whole internet may send requests to the service"
        : "the internet no longer reaches the service",
    source: REVISIONS,
  }),
};
