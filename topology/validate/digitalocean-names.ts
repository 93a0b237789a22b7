import { DIGITALOCEAN_NAMES } from "../limits/digitalocean-names.ts";
import { cloudName, SUFFIX_LENGTH } from "../names.ts";
import { managedServersOf } from "../resolved-digitalocean.ts";
import { dataDatabaseIssues } from "./data-database.ts";
import { databaseNameIssues } from "./database-name.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { stackNameIssues } from "./stack-name.ts";

/** Any suffix: only its length matters here. */
const SUFFIX = "x".repeat(SUFFIX_LENGTH);
/** Names that the other parts of a topology have. */
const TAKEN = ["primary", "data"];
const replicaHasItsOwnName: DigitalOceanRule = ({ replicas }) =>
  replicas
    .filter(({ key }) => TAKEN.includes(key))
    .map(({ key }) => ({
      where: `replicas.${key}`,
      got: key,
      want: "a name of its own",
      because: `${key} is another part of the topology`,
      fix: "choose another name, such as reports",
    }));

// A stack whose cluster's name fits has room for Droplet, volume and bucket, whose roles are no longer.
const serversFit: DigitalOceanRule = (topology) => {
  const { max } = DIGITALOCEAN_NAMES.server.bounds;
  return managedServersOf(topology).flatMap(({ key, part }) => {
    const name = cloudName(topology.stack, part, SUFFIX);
    if (name.length <= max) return [];
    const isPrimary = part === "primary";
    const own = isPrimary ? topology.stack : key;
    return [
      {
        where: isPrimary ? "stack" : `replicas.${key}`,
        got: `a name of ${own.length} characters`,
        want: `at most ${Math.max(1, max - name.length + own.length)} characters`,
        because: `its server is named ${cloudName(topology.stack, part, "…")}, in at most ${max}`,
        fix: "choose a shorter name",
      },
    ];
  });
};

const databasesHaveNamesOfTheirOwn: DigitalOceanRule = (topology) =>
  dataDatabaseIssues(topology, topology.dataHost?.server);

/** How things may be named. */
export const DIGITALOCEAN_NAME_RULES = {
  stackIsAName: stackNameIssues,
  replicaHasItsOwnName,
  serversFit,
  databaseHasItsOwnName: databaseNameIssues,
  databasesHaveNamesOfTheirOwn,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
