import type { PlanCase } from "../plan-case.ts";
import { CASES as ALERTS } from "./alerts.ts";
import { CASES as BUCKET_EXPORTS } from "./bucket-exports.ts";
import { CASES as BUCKETS } from "./buckets.ts";
import { CASES as CLUSTERS } from "./clusters.ts";
import { CASES as CONTAINER_OPERATION } from "./container-operation.ts";
import { CASES as CONTAINERS } from "./containers.ts";
import { CASES as INSTANCE_DEFINITION } from "./instance-definition.ts";
import { CASES as INSTANCE_FLAGS } from "./instance-flags.ts";
import { CASES as INSTANCE_REPLICAS } from "./instance-replicas.ts";
import { CASES as INSTANCES } from "./instances.ts";
import { CASES as DIGITALOCEAN_POOLS } from "./digitalocean-pools.ts";
import { CASES as DOCKER_DATA } from "./docker-data.ts";
import { CASES as DOCKER_FOREIGN } from "./docker-foreign.ts";
import { CASES as DOCKER_LOGIN } from "./docker-login.ts";
import { CASES as DOCKER_SERVERS } from "./docker-servers.ts";
import { CASES as HOST } from "./host.ts";
import { CASES as IDENTITIES } from "./identities.ts";
import { CASES as LIFECYCLE } from "./lifecycle.ts";
import { CASES as PLACES_AROUND } from "./places-around.ts";
import { CASES as SECRETS } from "./secrets.ts";
import { CASES as SERVICES } from "./services.ts";
import { CASES as STACK } from "./stack.ts";
import { CASES as USERS } from "./users.ts";
import { CASES as VPC } from "./vpc.ts";

/** By hand, as the catalogue. */
export const ALL_CASES: readonly PlanCase[] = [
  ...ALERTS,
  ...BUCKET_EXPORTS,
  ...BUCKETS,
  ...CLUSTERS,
  ...CONTAINER_OPERATION,
  ...CONTAINERS,
  ...DIGITALOCEAN_POOLS,
  ...DOCKER_DATA,
  ...DOCKER_FOREIGN,
  ...DOCKER_LOGIN,
  ...DOCKER_SERVERS,
  ...HOST,
  ...IDENTITIES,
  ...INSTANCES,
  ...INSTANCE_DEFINITION,
  ...INSTANCE_FLAGS,
  ...INSTANCE_REPLICAS,
  ...LIFECYCLE,
  ...PLACES_AROUND,
  ...SECRETS,
  ...SERVICES,
  ...STACK,
  ...USERS,
  ...VPC,
];
