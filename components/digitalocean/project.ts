import { ProjectResources } from "@pulumi/digitalocean/projectResources.js";
import type { CloudPlace } from "./cloud-place.ts";
import type { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import type { DataHost } from "./data-host.ts";

/** Lists everything in the wished project: a cluster's own `projectId` would replace it. */
export function joinProject(place: CloudPlace, cluster: DatabaseCluster, dataHost: DataHost | undefined): void {
  const { topology, childName, options } = place;
  if (topology.project === undefined) return;
  const host = dataHost === undefined ? [] : [dataHost.droplet.dropletUrn, dataHost.volume.volumeUrn];
  const bucket = dataHost?.backups === undefined ? [] : [dataHost.backups.bucket.bucketUrn];
  new ProjectResources(
    childName("project-resources"),
    { project: topology.project, resources: [cluster.clusterUrn, ...host, ...bucket] },
    options,
  );
}
