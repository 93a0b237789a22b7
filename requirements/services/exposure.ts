import type { ServiceFacts, ServicesFacts } from "../facts/services.ts";
import { noneToEverybody } from "../identities/public-grants.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, none, notApplicable, verdict } from "../verdict.ts";

const RUN = "https://cloud.google.com/run/docs";
const PLANNED = ["spec", "plan"] as const;

/** Who reaches a service, and what it gives away. */
export const serviceExposure: readonly Requirement<"services">[] = [
  {
    id: "services/no-public-invoker",
    topic: "services",
    severity: "high",
    // A page for everybody is what most services are for.
    level: "advisory",
    title: "A service is called by accounts that are named",
    why: "Everybody who may call it may try every hole that it has, and spend the database's connections.",
    fix: "Give `roles/run.invoker` to the accounts that call it, or put it behind a load balancer that asks who somebody is.",
    docs: `${RUN}/authenticating/public`,
    witnesses: PLANNED,
    references: ["CKV_GCP_102", "KICS cloud_run_service_allows_unauthenticated", "SP", "TFG"],
    check: ({ grants }) => noneToEverybody(grants, "nobody is let in by the stack"),
  },
  {
    id: "services/ingress-restricted",
    topic: "services",
    severity: "medium",
    title: "A service takes requests from within, or through a load balancer",
    why: "Its own address goes past the load balancer, and past whatever filters requests there.",
    fix: "Set `ingress` to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER or INGRESS_TRAFFIC_INTERNAL_ONLY.",
    docs: `${RUN}/securing/ingress`,
    witnesses: PLANNED,
    references: ["PAC"],
    check: (facts) =>
      eachService(facts, ["openIngress"], ({ openIngress }) =>
        verdict(!openIngress, "got ingress from everywhere, want internal, or a load balancer's"),
      ),
  },
  {
    id: "services/no-plain-secrets",
    topic: "services",
    severity: "high",
    title: "No environment variable of a service holds a secret as plain text",
    why: "Whoever may look at the service, and every revision that ever was, shows it.",
    fix: "Keep it in Secret Manager, and name it by `valueSource.secretKeyRef` or mount it as a file.",
    docs: `${RUN}/configuring/services/secrets`,
    witnesses: PLANNED,
    references: ["CIS GCP 1.17", "CIS GCP 1.18 (5.0)", "PAC"],
    check: (facts) =>
      eachService(facts, ["plainSecrets"], ({ plainSecrets }) => none(plainSecrets, "got plain text in")),
  },
  {
    id: "services/removal-refused",
    topic: "services",
    severity: "low",
    title: "The cloud refuses to remove a service",
    why: "A service that is removed by mistake takes its address and its revisions along.",
    fix: "Set `deletionProtection` to true.",
    docs: "https://www.pulumi.com/registry/packages/gcp/api-docs/cloudrunv2/service/",
    witnesses: PLANNED,
    references: ["PAC"],
    check: (facts, { environment, wantsDeletionProtection }) => {
      if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
      return eachService(facts, ["removalRefused"], ({ removalRefused }) =>
        verdict(removalRefused, "got deletionProtection false, want true"),
      );
    },
  },
  {
    id: "services/own-account",
    topic: "services",
    severity: "medium",
    joins: true,
    title: "A service runs as an account of its own",
    why: "The project's default account may do far more than the service needs, and everything that runs as it does.",
    fix: "Make a service account for it, and name it in `serviceAccount`.",
    docs: `${RUN}/securing/service-identity`,
    witnesses: PLANNED,
    references: ["CKV_GCP_41", "TRV GCP-0007"],
    check: (facts) =>
      eachService(facts, ["ownAccount"], ({ ownAccount }) =>
        verdict(ownAccount, "got the project's default account, want one of its own"),
      ),
  },
];

function eachService<K extends keyof ServiceFacts>(
  facts: ServicesFacts,
  names: readonly K[],
  judge: (service: AllKnown<Pick<ServiceFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["services"], ({ services }) =>
    every(
      services,
      (service) => service.name,
      (service) => known(service, names, judge),
      "there is no service",
    ),
  );
}
