import { EDITION_LIMITS } from "../limits/cloud-sql-editions.ts";
import { cloudEdition } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";

// Which pooler goes with which path and login is a matrix of its own, not judged here.

const customerAuthorityHasItsPool: GcpRule = ({ access }) => {
  if (access.certificateAuthority !== "customer" || access.certificateAuthorityPool !== undefined) return [];
  return [
    {
      where: "access.certificateAuthorityPool",
      got: "nothing",
      want: "the pool of the customer's own authority",
      because: "access.certificateAuthority is customer",
      fix: "name the pool as projects/<project>/locations/<region>/caPools/<name>",
    },
  ];
};

const poolHasACustomerAuthority: GcpRule = ({ access }) => {
  if (access.certificateAuthority === "customer" || access.certificateAuthorityPool === undefined) return [];
  return [
    {
      where: "access.certificateAuthorityPool",
      got: access.certificateAuthorityPool,
      want: "not to be set unless access.certificateAuthority is customer",
      because: `${access.certificateAuthority} certificates are signed by the cloud's own authority`,
      fix: "set access.certificateAuthority: customer, or remove the pool",
    },
  ];
};

const managedPoolingHasItsEdition: GcpRule = ({ pooling, edition }) => {
  if (pooling?.kind !== "managed" || EDITION_LIMITS.hasManagedPooling[cloudEdition(edition)]) return [];
  return [
    {
      where: "pooling.kind",
      got: "managed",
      want: `sidecar, or none, in ${edition}`,
      because: "the cloud pools connections in enterprise-plus only",
      fix: "set edition: enterprise-plus, or pooling.kind: sidecar",
    },
  ];
};

const sidecarHasAService: GcpRule = ({ pooling, service }) => {
  if (pooling?.kind !== "sidecar" || service !== undefined) return [];
  return [
    {
      where: "pooling.kind",
      got: "sidecar",
      want: "a service that it stands beside",
      because: "the sidecar runs in each instance of the service",
      fix: "set service, or remove pooling.kind",
    },
  ];
};

const sidecarHasAnImage: GcpRule = ({ pooling }) => {
  if (pooling?.kind !== "sidecar" || pooling.image !== undefined) return [];
  return [
    {
      where: "pooling.image",
      got: "nothing",
      want: "PgBouncer's image by digest, as in registry/name@sha256:…",
      because: "nobody but you can say which image you trust beside your service",
      fix: "set pooling.image",
    },
  ];
};

const imageHasASidecar: GcpRule = ({ pooling }, spec) => {
  if (spec.pooling?.image === undefined || pooling?.kind === "sidecar") return [];
  return [
    {
      where: "pooling.image",
      got: spec.pooling.image,
      want: "not to be set without a sidecar",
      because: "no other pooler of this target runs from an image",
      fix: "set pooling.kind: sidecar, or remove it",
    },
  ];
};

/** Who signs certificates, and what pools connections. */
export const ACCESS_RULES = {
  customerAuthorityHasItsPool,
  poolHasACustomerAuthority,
  managedPoolingHasItsEdition,
  sidecarHasAService,
  sidecarHasAnImage,
  imageHasASidecar,
} satisfies Readonly<Record<string, GcpRule>>;
