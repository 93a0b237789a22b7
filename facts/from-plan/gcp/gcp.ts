import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { NOT_ON_GCP } from "../../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import type { Place, PlacesFacts } from "../../../requirements/facts/places.ts";
import { type Fact, isKnown } from "../../../requirements/known.ts";
import type { PlanContext } from "../docker.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { factsAroundGcp } from "./around.ts";
import { factsOfInstances } from "./instances.ts";

/** Everything that planned resources on Google Cloud will be: the databases, and what stands around them. */
export function factsFromGcpPlan(resources: readonly PlannedResource[], context: PlanContext): FactsByTopic {
  const around = factsAroundGcp(resources);
  const instances = factsOfInstances(resources, context);
  return {
    ...NOTHING_KNOWN,
    ...NOT_ON_GCP,
    ...around,
    ...instances,
    places: placesOf(around.places, instances.places),
  };
}

/** Beside primaries in several regions, nobody knows which of them a service or a copy belongs to. */
function placesOf(around: PlacesFacts, instances: PlacesFacts): PlacesFacts {
  const own = (places: Fact<readonly Place[]>): Fact<readonly Place[]> =>
    isKnown(places) && !isKnown(around.primary)
      ? places.map((place) => ({ primary: around.primary, ...place }))
      : places;
  return {
    ...instances,
    service: own(around.service),
    secondCopy: own(around.secondCopy),
    keys: around.keys,
  };
}
