import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { NOT_ON_GCP } from "../../../requirements/facts/not-on-target.ts";
import { Missing } from "../../../requirements/known.ts";
import type { PlannedResource } from "../planned-resource.ts";
import type { TopicsAlone } from "../topics-alone.ts";
import { cloudStorageFacts } from "./buckets.ts";
import { connectionDemand } from "./connection-demand.ts";
import { grantsOf } from "./grants.ts";
import { identitiesOf } from "./identities.ts";
import { firewallRules, subnets } from "./network.ts";
import { placesAround } from "./places.ts";
import { GCP_TYPES, IAM_TYPES } from "./resource-types.ts";
import { keptSecrets } from "./secrets.ts";
import { servicesOf, uncheckedServices } from "./services.ts";

const OF_ANY_PROVIDER = new Missing("not-applicable", "machines of every provider are judged together");

/** Types that {@link factsAroundGcp} come from. */
export const AROUND_GCP_TYPES: readonly string[] = [...Object.values(GCP_TYPES), ...Object.values(IAM_TYPES).flat()];

/** What stands around the databases of a plan on Google Cloud, made by this project's components or by anybody's. */
export function factsAroundGcp(
  resources: readonly PlannedResource[],
): Pick<FactsByTopic, "bucket" | "identities" | "network" | "places" | "secrets" | "services"> {
  return {
    bucket: cloudStorageFacts(resources),
    identities: identitiesOf(resources),
    network: networkFacts(resources),
    places: { ...NOTHING_KNOWN.places, ...placesAround(resources) },
    secrets: secretsFacts(resources),
    services: servicesFacts(resources),
  };
}

/** The same of one resource, by topic. */
export const AROUND_GCP_ALONE: TopicsAlone = {
  bucket: ({ resources }) => cloudStorageFacts(resources),
  identities: ({ resources }) => identitiesOf(resources),
  network: ({ resources }) => networkFacts(resources),
  secrets: ({ resources }) => secretsFacts(resources),
  services: ({ resources }) => servicesFacts(resources),
};

function networkFacts(resources: readonly PlannedResource[]): FactsByTopic["network"] {
  return { ...NOT_ON_GCP.network, firewallRules: firewallRules(resources), subnets: subnets(resources) };
}

function secretsFacts(resources: readonly PlannedResource[]): FactsByTopic["secrets"] {
  return { ...keptSecrets(resources), firstBootTexts: OF_ANY_PROVIDER };
}

function servicesFacts(resources: readonly PlannedResource[]): FactsByTopic["services"] {
  return {
    services: servicesOf(resources),
    grants: [...grantsOf(resources, IAM_TYPES.service), ...uncheckedServices(resources)],
    demand: connectionDemand(resources),
  };
}
