import type { ResolvedGcp } from "../resolved-gcp.ts";
import { ACCESS_EFFECTS, otherAuthority } from "./gcp-effects.ts";
import { descends, type Edit, type Effect, type Rules } from "./rule.ts";

/** From the authority whose certificates say most to the one whose certificates carry no name. */
const AUTHORITIES = ["customer", "shared", "per-instance"];

const { newRevision: NEW_REVISION, nextJob: NEXT_JOB, moved: MOVED } = ACCESS_EFFECTS;

/** A pooler of the cloud's own stands in front of the servers; one in the service is a part of its revision. */
function pooling({ old, next }: Edit<ResolvedGcp>): Effect {
  if (old.pooling?.kind !== "managed" && next.pooling?.kind !== "managed") return NEW_REVISION;
  return ACCESS_EFFECTS.pooling;
}

/** How servers are reached, and how both sides prove who they are. */
export const GCP_ACCESS: Rules<ResolvedGcp> = {
  "network.existing": MOVED,
  "network.subnet": NEW_REVISION,
  "network.subnetCidr": ACCESS_EFFECTS.subnet,
  "network.connection": MOVED,
  "network.servicesPrefixLength": ACCESS_EFFECTS.addressRange,
  "access.path": NEW_REVISION,
  "access.login": NEW_REVISION,
  "access.certificateAuthority": (edit) => {
    // A connector knows its server by itself.
    return otherAuthority(
      descends(edit, AUTHORITIES) && edit.to === "per-instance" && edit.next.access.path !== "socket",
    );
  },
  "access.certificateAuthorityPool": ACCESS_EFFECTS.otherPool,
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
  service: ({ to }) => (to === undefined ? ACCESS_EFFECTS.serviceGoes : NEW_REVISION),
  "service.image": NEW_REVISION,
  "service.port": NEW_REVISION,
  "service.minInstances": NEW_REVISION,
  "service.maxInstances": NEW_REVISION,
  "service.concurrency": NEW_REVISION,
  "service.cpus": NEW_REVISION,
  "service.memoryMiB": NEW_REVISION,
  "service.healthPath": NEW_REVISION,
  "service.environment.<name>": NEW_REVISION,
  "service.public": ({ to }) => (to === true ? ACCESS_EFFECTS.servicePublic : ACCESS_EFFECTS.serviceHidden),
};
