import { Missing } from "../known.ts";
import type { ContainersFacts } from "./containers.ts";
import type { FactsByTopic } from "./facts-by-topic.ts";
import type { NetworkFacts } from "./network.ts";

// Topics that a target does not have: every requirement of them is not applicable there, with this reason.

const NO_CLOUD = new Missing("not-applicable", "the stack is on Docker");
const NO_CONTAINER = new Missing("not-applicable", "the stack is on Cloud SQL");

/** The topics of Cloud SQL, for a stack on Docker. */
export const NOT_ON_DOCKER: Pick<FactsByTopic, "instances" | "places" | "connections"> = {
  instances: { instances: NO_CLOUD, designated: NO_CLOUD },
  places: {
    primary: NO_CLOUD,
    readReplicas: NO_CLOUD,
    service: NO_CLOUD,
    disasterRecovery: NO_CLOUD,
    secondCopy: NO_CLOUD,
    keys: NO_CLOUD,
    backups: NO_CLOUD,
  },
  connections: { opening: NO_CLOUD, sharing: NO_CLOUD },
};

/** The topics of Docker, for a stack on Cloud SQL. */
export const NOT_ON_GCP: { readonly containers: ContainersFacts; readonly network: NetworkFacts } = {
  containers: { containers: NO_CONTAINER, unplanned: NO_CONTAINER, shownSecrets: NO_CONTAINER },
  network: { ports: NO_CONTAINER, wishedAddresses: NO_CONTAINER },
};
