import { DIGITALOCEAN_LIMITS } from "../topology/limits/all-limits.ts";
import { gib, type LimitTopic, topic, valueText } from "./limit-topic.ts";

/** Everything about DigitalOcean. */
export function digitalOceanTopics(): LimitTopic[] {
  return [...clusterTopics(), ...dataHostTopics(), ...placeTopics()];
}

function clusterTopics(): LimitTopic[] {
  const { managedSizes, storageRanges, clusters, connections } = DIGITALOCEAN_LIMITS;
  return [
    topic("DigitalOcean: machines of managed PostgreSQL", ["size", "cpus", "GiB"], managedSizes, (row) => [
      row.slug,
      String(row.cpus),
      gib(row.memoryMiB),
    ]),
    topic("DigitalOcean: storage of managed PostgreSQL", ["size", "GiB"], storageRanges, (row) => [
      row.slug,
      valueText(row.diskGiB),
    ]),
    topic("DigitalOcean: clusters", ["", "allowed"], Object.values(clusters), (row) => [
      row.title,
      valueText(row.bounds),
    ]),
    topic("DigitalOcean: max_connections", ["for each GiB", "reserved"], [connections.cluster], (row) => [
      String(row.perGiB),
      String(row.reserved),
    ]),
  ];
}

function dataHostTopics(): LimitTopic[] {
  const { dropletSizes, dataHost } = DIGITALOCEAN_LIMITS;
  return [
    topic("DigitalOcean: Droplets of a data host", ["size", "cpus", "GiB"], dropletSizes, (row) => [
      row.slug,
      String(row.cpus),
      gib(row.memoryMiB),
    ]),
    topic("DigitalOcean: volumes", ["", "allowed"], Object.values(dataHost), (row) => [
      row.title,
      valueText(row.bounds),
    ]),
  ];
}

function placeTopics(): LimitTopic[] {
  const { products, names, vpc, reservedRanges, recovery } = DIGITALOCEAN_LIMITS;
  return [
    topic("DigitalOcean: regions", ["", "regions", "in part"], Object.values(products), (row) => [
      row.title,
      row.regions.join(", "),
      row.partly.join(", "),
    ]),
    topic("DigitalOcean: names", ["", "allowed"], Object.values(names), (row) => [row.title, valueText(row.bounds)]),
    topic("DigitalOcean: a VPC's range", ["prefix length"], [vpc.prefixLength], (row) => [valueText(row.bounds)]),
    topic("DigitalOcean: addresses that no VPC may have", ["range"], reservedRanges, (row) => [row.cidr]),
    topic("DigitalOcean: what objectives are reckoned from", ["", "s"], Object.values(recovery), (row) => [
      row.title,
      String(row.seconds),
    ]),
  ];
}
