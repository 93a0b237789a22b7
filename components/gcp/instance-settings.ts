import type { types } from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { managedPoolFlags, SERVER_CA_MODES, SSL_MODE } from "../../topology/cloud-sql-words.ts";
import { type CloudSqlDiskType, diskTypesOf } from "../../topology/limits/cloud-sql-instances.ts";
import { parseTier } from "../../topology/limits/cloud-sql-tiers.ts";
import {
  cloudEdition,
  type ManagedPooling,
  type ResolvedGcp,
  type ResolvedInstance,
} from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";

type Settings = types.input.sql.DatabaseInstanceSettings;

/**
 * The settings that primary and replicas have alike, so that a replica can follow, and take over. Never set:
 * `locationPreference`, which differs after each failover; `dataApiAccess`, which lets SQL in past the network;
 * `replicationLagMaxSeconds`, which lets a replica remake itself.
 */
export function commonSettings(
  { topology, labels }: CloudPlace,
  instance: ResolvedInstance,
  networkId: pulumi.Input<string>,
): Settings {
  const { edition, storage, protection, observability } = topology;
  return {
    tier: instance.tier,
    // Left to the cloud, it is ENTERPRISE_PLUS from PostgreSQL 16 on, which has other tiers and another price.
    edition: cloudEdition(edition),
    activationPolicy: "ALWAYS",
    diskType: cloudDiskType(storage.diskType, instance.tier),
    diskAutoresize: true,
    diskAutoresizeLimit: storage.maxDiskGiB,
    dataCacheConfig: edition === "enterprise-plus" ? { dataCacheEnabled: true } : undefined,
    // Refuses a removal on every way into the cloud, also past Pulumi.
    deletionProtectionEnabled: protection.deletion,
    // Where connectors are required, the cloud rejects all who come by the address: what changes the schema, and what
    // verifies, too. https://www.pulumi.com/registry/packages/gcp/api-docs/sql/databaseinstance/
    connectorEnforcement: "NOT_REQUIRED",
    ipConfiguration: ipConfiguration(topology.access, networkId),
    databaseFlags: Object.entries(topology.parameters).map(([name, value]) => ({ name, value })),
    insightsConfig: insights(observability.queryInsights),
    userLabels: labels,
  };
}

/** No public address, no plain text. Without `sslMode` the cloud takes unencrypted connections. */
function ipConfiguration(
  access: ResolvedGcp["access"],
  networkId: pulumi.Input<string>,
): types.input.sql.DatabaseInstanceSettingsIpConfiguration {
  const { certificateAuthority, certificateAuthorityPool } = access;
  return {
    ipv4Enabled: false,
    // It can't be taken away again: that replaces the instance.
    privateNetwork: networkId,
    sslMode: SSL_MODE,
    serverCaMode: SERVER_CA_MODES[certificateAuthority],
    serverCaPool: certificateAuthority === "customer" ? certificateAuthorityPool : undefined,
    // An instance's own authority is what clients pin: a new one is a change for all of them.
    serverCertificateRotationMode:
      certificateAuthority === "per-instance" ? "NO_AUTOMATIC_ROTATION" : "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
  };
}

/** `queryStringLength` is the cloud's default, written down: to change it restarts the server. */
function insights(isOn: boolean): types.input.sql.DatabaseInstanceSettingsInsightsConfig {
  if (!isOn) return { queryInsightsEnabled: false };
  return {
    queryInsightsEnabled: true,
    queryPlansPerMinute: 5,
    queryStringLength: 1024,
    recordApplicationTags: true,
    recordClientAddress: false,
  };
}

/** Flash is another product for each series of machines. */
function cloudDiskType(diskType: "ssd" | "hdd", tier: string): CloudSqlDiskType {
  if (diskType === "hdd") return "PD_HDD";
  const machine = parseTier(tier);
  return (machine && diskTypesOf(machine)[0]) ?? "PD_SSD";
}

/**
 * The pooler in front of an instance; `undefined` where the cloud has none, for which it must not be set at all: set to
 * off, it differs for ever (https://github.com/hashicorp/terraform-provider-google/issues/27133).
 * Options: https://cloud.google.com/sql/docs/postgres/managed-connection-pooling
 */
export function connectionPoolConfigs(
  pooling: ResolvedGcp["pooling"],
  poolSize: (pooling: ManagedPooling) => number,
): Settings["connectionPoolConfigs"] {
  if (pooling?.kind !== "managed") return undefined;
  const flags = managedPoolFlags(pooling, poolSize(pooling));
  return [
    {
      connectionPoolingEnabled: true,
      flags: Object.entries(flags).map(([name, value]) => ({ name, value })),
    },
  ];
}
