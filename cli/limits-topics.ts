import { CLOUD_SQL_LIMITS } from "../topology/limits/all-limits.ts";
import type { EditionLimit } from "../topology/limits/cloud-sql-editions.ts";
import { type CloudSqlRegion, zonesOf } from "../topology/limits/cloud-sql-regions.ts";
import type { Bounds } from "../topology/limits/limit.ts";
import { type LimitTarget, POSTGRESQL_VERSIONS, versionSupport } from "../topology/limits/postgresql-versions.ts";
import { gib, type LimitTopic, topic, valueText } from "./limit-topic.ts";

/** The majors of PostgreSQL, and which of the targets runs which. */
export function versionsTopic(targets: readonly LimitTarget[]): LimitTopic {
  return topic("PostgreSQL versions", ["major", "released", "end of life", ...targets], POSTGRESQL_VERSIONS, (row) => [
    String(row.major),
    row.releasedOn,
    row.endOfLifeOn,
    ...targets.map((target) => {
      const support = versionSupport(target, row.major);
      return support.supported ? "yes" : `no: ${support.reason}`;
    }),
  ]);
}

/** Everything about Cloud SQL. */
export function cloudSqlTopics(): LimitTopic[] {
  const { versions, editions, regions } = CLOUD_SQL_LIMITS;
  return [
    topic("Cloud SQL: versions", ["databaseVersion", "extended support", "deprecated"], versions, (row) => [
      row.databaseVersion,
      row.extendedSupportOn ?? "unknown",
      row.deprecatedOn ?? "unknown",
    ]),
    topic("Cloud SQL: editions", ["", "ENTERPRISE", "ENTERPRISE_PLUS"], editionRows(editions), (row) => [
      row.title,
      valueText(row.ENTERPRISE),
      valueText(row.ENTERPRISE_PLUS),
    ]),
    ...tierTopics(),
    ...connectionTopics(),
    ...instanceTopics(),
    topic("Cloud SQL: regions", ["region", "", "area", "ENTERPRISE_PLUS", "zones"], regions, regionCells),
    ...placeTopics(),
  ];
}

function tierTopics(): LimitTopic[] {
  const { predefinedTiers, customTierRules } = CLOUD_SQL_LIMITS;
  return [
    topic("Cloud SQL: machine types", ["tier", "edition", "series", "cpus", "GiB"], predefinedTiers, (row) => [
      row.tier,
      row.edition,
      row.series,
      row.series === "shared-core" ? "shared" : String(row.cpus),
      gib(row.memoryMiB),
    ]),
    topic(
      "Cloud SQL: custom machine types (one processor, or an even number)",
      ["tier", "edition", "series", "cpus", "GiB", "GiB per cpu", "MiB in steps of"],
      customTierRules,
      (row) => [
        `${row.prefix}<cpus>-<MiB>`,
        row.edition,
        row.series,
        valueText(row.cpus),
        `${gib(row.memoryMiB.min)}–${gib(row.memoryMiB.max)}`,
        `${gib(row.memoryMiBPerCpu.min)}–${gib(row.memoryMiBPerCpu.max)}`,
        String(row.memoryStepMiB),
      ],
    ),
  ];
}

function connectionTopics(): LimitTopic[] {
  const { defaultMaxConnections, connections, managedPoolers } = CLOUD_SQL_LIMITS;
  return [
    topic("Cloud SQL: max_connections unless set", ["from GiB", "connections"], defaultMaxConnections, (row) => [
      gib(row.fromMemoryMiB),
      String(row.maxConnections),
    ]),
    topic("Cloud SQL: connections", ["", "connections"], Object.values(connections), (row) => [
      row.title,
      String(row.connections),
    ]),
    topic("Cloud SQL: managed pooling", ["", "cpus"], [managedPoolers.cpusPerPooler], (row) => [
      "processors for each pooler (at least one pooler)",
      String(row.cpus),
    ]),
  ];
}

function instanceTopics(): LimitTopic[] {
  const { disks, instances } = CLOUD_SQL_LIMITS;
  return [
    topic("Cloud SQL: disks", ["diskType", "series", "GiB"], disks, (row) => [
      row.diskType,
      row.series.join(", "),
      valueText(row.sizeGiB),
    ]),
    topic("Cloud SQL: instances", ["", "allowed"], Object.values(instances), (row) => [
      row.title,
      valueText(row.bounds),
    ]),
  ];
}

function placeTopics(): LimitTopic[] {
  const { zoneExceptions, sharedDataCentres, backupMultiRegions } = CLOUD_SQL_LIMITS;
  return [
    topic("Cloud SQL: regions whose zones are not a, b, c", ["region", "zones"], zoneExceptions, (row) => [
      row.region,
      row.letters.join(", "),
    ]),
    topic(
      "Cloud SQL: three zones in fewer than three data centres",
      ["regions"],
      [sharedDataCentres.regions],
      (row) => [row.regions.join(", ")],
    ),
    topic("Cloud SQL: places for backups across regions", ["location", "area"], backupMultiRegions, (row) => [
      row.location,
      row.area,
    ]),
  ];
}

function editionRows(editions: typeof CLOUD_SQL_LIMITS.editions): EditionLimit<Bounds | boolean | number | string>[] {
  return Object.values(editions);
}

function regionCells(row: CloudSqlRegion): string[] {
  const plus = row.hasEnterprisePlus === undefined ? "unknown" : valueText(row.hasEnterprisePlus);
  return [row.region, row.city, row.area, plus, String(zonesOf(row.region).length)];
}
