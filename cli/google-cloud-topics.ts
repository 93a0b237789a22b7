import { CLOUD_RUN_LIMITS, GOOGLE_CLOUD_LIMITS } from "../topology/limits/all-limits.ts";
import { RECOVERY_ASSUMPTIONS } from "../topology/limits/recovery.ts";
import { type LimitTopic, topic, valueText } from "./limit-topic.ts";

/** Everything about Cloud Run. */
export function cloudRunTopics(): LimitTopic[] {
  const { cpus, memory, reservedVariables, variables, directVpcEgress } = CLOUD_RUN_LIMITS;
  return [
    topic(
      "Cloud Run: processors of an instance",
      ["a share", "or", "requests at once of a share"],
      [cpus.instance],
      (row) => [valueText(row.shares), row.counts.join(", "), String(row.concurrencyOfShare)],
    ),
    topic("Cloud Run: memory of an instance", ["from cpus", "MiB"], memory, (row) => [
      String(row.fromCpus),
      valueText(row.memoryMiB),
    ]),
    topic("Cloud Run: variables that it sets itself", ["names"], [reservedVariables.service], (row) => [
      row.names.join(", "),
    ]),
    topic("Cloud Run: characters of a variable's value", ["allowed"], [variables.length], (row) => [
      valueText(row.bounds),
    ]),
    topic("Cloud Run: subnet that a service sends from", ["", "number"], Object.values(directVpcEgress), (row) => [
      row.title,
      String(row.number),
    ]),
  ];
}

/** Everything that the services of the cloud have in common. */
export function sharedTopics(): LimitTopic[] {
  const { nameLengths, labels, reservedAddresses, privateAddresses, servicesBlock, keyPlaces } = GOOGLE_CLOUD_LIMITS;
  return [
    topic("Google Cloud: names", ["", "allowed"], Object.values(nameLengths), (row) => [
      row.title,
      valueText(row.bounds),
    ]),
    topic("Google Cloud: labels of a resource", ["at most", "reserved"], [labels.resource], (row) => [
      String(row.most),
      `${row.reservedPrefix}…`,
    ]),
    topic("Google Cloud: private addresses", ["range"], privateAddresses, (row) => [row.cidr]),
    topic(
      "Google Cloud: addresses that Cloud SQL can't answer to",
      ["range"],
      Object.values(reservedAddresses),
      (row) => [row.cidr],
    ),
    topic(
      "Google Cloud: what managed services take of their range in each region",
      ["block"],
      Object.values(servicesBlock),
      (row) => [`/${row.prefixLength}`],
    ),
    topic("Google Cloud: place of the key of a bucket across regions", ["bucket", "key"], keyPlaces, (row) => [
      row.location,
      row.keyLocation,
    ]),
  ];
}

/** What recovery objectives are reckoned from. */
export function recoveryTopic(): LimitTopic {
  return topic("Recovery: what objectives are reckoned from", ["", "s"], Object.values(RECOVERY_ASSUMPTIONS), (row) => [
    row.title,
    String(row.seconds),
  ]);
}
