import { CONTAINER_TYPE } from "../../facts/from-plan/docker-container.ts";
import type { ResourceTables } from "../resource-table.ts";
import { CONTAINER } from "./docker/container.ts";
import { IMAGE, REGISTRY_IMAGE, REMOTE_IMAGE } from "./docker/images.ts";
import { NETWORK } from "./docker/network.ts";
import { SERVICE, SWARM_CONFIG, SWARM_SECRET } from "./docker/swarm.ts";
import { VOLUME } from "./docker/volume.ts";

/** What changes of resources of this provider do to a database. */
export const DOCKER_TABLES: ResourceTables = {
  [CONTAINER_TYPE]: CONTAINER,
  "docker:index/volume:Volume": VOLUME,
  "docker:index/network:Network": NETWORK,
  "docker:index/image:Image": IMAGE,
  "docker:index/remoteImage:RemoteImage": REMOTE_IMAGE,
  "docker:index/registryImage:RegistryImage": REGISTRY_IMAGE,
  "docker:index/service:Service": SERVICE,
  "docker:index/secret:Secret": SWARM_SECRET,
  "docker:index/serviceConfig:ServiceConfig": SWARM_CONFIG,
};
