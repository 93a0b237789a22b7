// Which pooler goes with which path and login is a matrix of its own, and not tested here.
import { describe } from "mocha";
import { ACCESS_RULES } from "../../../../topology/validate/gcp-access.ts";
import { APP, type GcpCase, POOLER_IMAGE, testRules } from "../../../support/gcp-cases.ts";

const pool = "projects/shop/locations/europe-west1/caPools/main";

const CASES: Record<keyof typeof ACCESS_RULES, readonly GcpCase[]> = {
  customerAuthorityHasItsPool: [
    {
      title: "a customer's own authority without its pool",
      good: { access: { certificateAuthority: "customer", certificateAuthorityPool: pool } },
      bad: { access: { certificateAuthority: "customer" } },
      text: `access.certificateAuthorityPool
    got: nothing
    want: the pool of the customer's own authority
    because: access.certificateAuthority is customer
    fix: name the pool as projects/<project>/locations/<region>/caPools/<name>`,
    },
  ],
  poolHasACustomerAuthority: [
    {
      title: "a pool that nothing is signed with",
      good: { access: { certificateAuthority: "per-instance" } },
      bad: { access: { certificateAuthority: "per-instance", certificateAuthorityPool: pool } },
      text: `access.certificateAuthorityPool
    got: projects/shop/locations/europe-west1/caPools/main
    want: not to be set unless access.certificateAuthority is customer
    because: per-instance certificates are signed by the cloud's own authority
    fix: set access.certificateAuthority: customer, or remove the pool`,
    },
  ],
  managedPoolingHasItsEdition: [
    {
      title: "the cloud's own pooling in the edition that has none (trap 19)",
      good: { edition: "enterprise-plus", pooling: { kind: "managed" }, access: { login: "password" } },
      bad: { pooling: { kind: "managed" }, access: { login: "password" } },
      text: `pooling.kind
    got: managed
    want: sidecar, or none, in enterprise
    because: the cloud pools connections in enterprise-plus only
    fix: set edition: enterprise-plus, or pooling.kind: sidecar`,
    },
  ],
  sidecarHasAService: [
    {
      title: "a sidecar beside nothing",
      good: { service: APP, pooling: { kind: "sidecar", image: POOLER_IMAGE } },
      bad: { pooling: { kind: "sidecar", image: POOLER_IMAGE } },
      text: `pooling.kind
    got: sidecar
    want: a service that it stands beside
    because: the sidecar runs in each instance of the service
    fix: set service, or remove pooling.kind`,
    },
  ],
  sidecarHasAnImage: [
    {
      title: "a sidecar without an image",
      good: { service: APP, pooling: { kind: "sidecar", image: POOLER_IMAGE } },
      bad: { service: APP, pooling: { kind: "sidecar" } },
      text: `pooling.image
    got: nothing
    want: PgBouncer's image by digest, as in registry/name@sha256:…
    because: nobody but you can say which image you trust beside your service
    fix: set pooling.image`,
    },
  ],
  imageHasASidecar: [
    {
      title: "an image that nothing runs from",
      good: { edition: "enterprise-plus", pooling: { enabled: false } },
      bad: { edition: "enterprise-plus", pooling: { enabled: false, image: POOLER_IMAGE } },
      text: `pooling.image
    got: ${POOLER_IMAGE}
    want: not to be set without a sidecar
    because: no other pooler of this target runs from an image
    fix: set pooling.kind: sidecar, or remove it`,
    },
  ],
};

describe("access and pooling on Cloud SQL", () => {
  testRules(ACCESS_RULES, CASES);
});
