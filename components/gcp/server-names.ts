import { ManagedZone } from "@pulumi/gcp/dns/managedZone.js";
import { RecordSet } from "@pulumi/gcp/dns/recordSet.js";
import type { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import * as pulumi from "@pulumi/pulumi";
import { PgtError } from "../../kernel/errors.ts";
import { replicaPart, zonePart } from "../../topology/names.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { GcpInstances } from "./instances.ts";
import type { GcpNetwork } from "./network.ts";

const TTL_SECONDS = 300;

/**
 * Makes the names in the servers' certificates resolve in the VPC: the cloud writes them, and leaves their records to us
 * (https://cloud.google.com/sql/docs/postgres/authorize-ssl). Each name has a zone of its own: a zone of all of them
 * (`sql-psa.goog`) would be in the way of the one that the cloud makes for the write endpoint.
 * @returns the records: before they are there, nobody finds a server.
 */
export function createServerNames(
  place: CloudPlace,
  network: GcpNetwork,
  { primary, replicas }: GcpInstances,
): readonly pulumi.Resource[] {
  if (place.topology.access.tlsMode !== "verify-full") return [];
  return [
    createServerName(place, network, place.topology.primary.part, primary),
    ...[...replicas].map(([key, replica]) => createServerName(place, network, replicaPart(key), replica)),
  ];
}

/** Where a server is reached: by the name in its certificate, or, where it has none there, by its private address. */
export function serverHost({ topology }: CloudPlace, instance: DatabaseInstance): pulumi.Output<string> {
  if (topology.access.tlsMode !== "verify-full") return instance.privateIpAddress;
  return pulumi.all([instance.name, instance.dnsNames]).apply(([name, names]) => {
    const host = hostOf(names, "INSTANCE");
    if (host !== undefined) return host;
    throw new PgtError(
      `instance ${name} has no name of its own, and a certificate is never checked against an address`,
      {
        fix: ['Set access.certificateAuthority to "per-instance", whose certificates are checked without a name.'],
      },
    );
  });
}

/**
 * Where the primary is reached. With a replica that may take over, this is the write endpoint where the cloud made one: a
 * name that follows the primary into the other region
 * (https://cloud.google.com/sql/docs/postgres/connect-to-instance-using-write-endpoint).
 */
export function writerHost(place: CloudPlace, primary: DatabaseInstance): pulumi.Output<string> {
  const host = serverHost(place, primary);
  const mayMove = place.topology.replicas.some(({ purpose }) => purpose === "disaster-recovery");
  if (!mayMove) return host;
  return pulumi.all([primary.dnsNames, host]).apply(([names, own]) => hostOf(names, "CLUSTER") ?? own);
}

function createServerName(place: CloudPlace, network: GcpNetwork, part: string, instance: DatabaseInstance): RecordSet {
  const { project, labels, name, childName } = place;
  // The names of both are fixed, and nothing is lost with them.
  const options = { ...place.options, deleteBeforeReplace: true };
  const dnsName = pulumi.interpolate`${serverHost(place, instance)}.`;
  const zone = new ManagedZone(
    childName(zonePart(part)),
    {
      name: name(zonePart(part)),
      project,
      dnsName,
      description: `The name of ${name(part)} in its certificate`,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network.networkId }] },
      labels,
    },
    options,
  );
  return new RecordSet(
    childName(`record-${part}`),
    {
      name: dnsName,
      project,
      managedZone: zone.name,
      type: "A",
      ttl: TTL_SECONDS,
      rrdatas: [instance.privateIpAddress],
    },
    options,
  );
}

function hostOf(
  names: readonly { readonly connectionType: string; readonly dnsScope: string; readonly name: string }[],
  scope: "INSTANCE" | "CLUSTER",
): string | undefined {
  const found = names.find(
    ({ connectionType, dnsScope }) => connectionType === "PRIVATE_SERVICES_ACCESS" && dnsScope === scope,
  );
  return found?.name.replace(/\.$/, "");
}
