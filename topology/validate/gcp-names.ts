import { INSTANCE_LIMITS } from "../limits/cloud-sql-instances.ts";
import { LABEL_LIMITS, NAME_LENGTHS } from "../limits/google-cloud.ts";
import type { Bounds } from "../limits/limit.ts";
import { CLOUD_LABELS, cloudName, SUFFIX_LENGTH, zonePart } from "../names.ts";
import { instancesOf, type ResolvedGcp } from "../resolved-gcp.ts";
import { databaseNameIssues } from "./database-name.ts";
import type { GcpRule } from "./gcp-rule.ts";
import { stackNameIssues } from "./stack-name.ts";

/** Any suffix: only its length matters here. */
const SUFFIX = "x".repeat(SUFFIX_LENGTH);
/** The provider adds one of its own: `goog-pulumi-provisioned`. */
const PROVIDER_LABELS = 1;
const OWN_LABELS = Object.values<string>(CLOUD_LABELS);

// The ids of service accounts are shorter than any of these, and cut the stack's name themselves.
const serviceFits = stackFits("service", "service", NAME_LENGTHS.cloudRunService.bounds, ({ service }) => service);

const secondCopyFits = stackFits(
  "bucket of exports",
  "exports",
  NAME_LENGTHS.bucket.bounds,
  ({ backup }) => backup?.secondCopy,
);

const servicesRangeFits = stackFits(
  "range of the servers' addresses",
  "services-range",
  NAME_LENGTHS.addressRange.bounds,
  ({ network }) => (network.existing === undefined ? network : undefined),
);

/** A rule about the one thing of its role that a stack may have: whether its name has room for the stack's. */
function stackFits(what: string, role: string, { max }: Bounds, made: (topology: ResolvedGcp) => unknown): GcpRule {
  return (topology) => {
    const { stack } = topology;
    const most = max - cloudName("", role, SUFFIX).length;
    if (made(topology) === undefined || stack.length <= most) return [];
    return [
      {
        where: "stack",
        got: `a name of ${stack.length} characters`,
        want: `at most ${most} characters`,
        because: `its ${what} is named ${cloudName(stack, role, "…")}, in at most ${max}`,
        fix: "choose a shorter name",
      },
    ];
  };
}

/**
 * An instance's name counts together with the project's, which may be as long as any. A server whose certificate has a name
 * has a zone for it, too, with a longer name and less room.
 */
const serversFit: GcpRule = (topology) => {
  const most = INSTANCE_LIMITS.nameLength.bounds.max - NAME_LENGTHS.projectId.bounds.max - ":".length;
  const hasZones = topology.access.tlsMode === "verify-full";
  return instancesOf(topology).flatMap(({ key, part }) => {
    const made = hasZones
      ? { what: "DNS zone", role: zonePart(part), most: NAME_LENGTHS.dnsZone.bounds.max }
      : { what: "instance", role: part, most };
    const name = cloudName(topology.stack, made.role, SUFFIX);
    if (name.length <= made.most) return [];
    const own = part === "primary" ? topology.stack : key;
    return [
      {
        where: part === "primary" ? "stack" : `replicas.${key}`,
        got: `a name of ${own.length} characters`,
        want: `at most ${Math.max(1, made.most - name.length + own.length)} characters`,
        because: `its ${made.what} is named ${cloudName(topology.stack, made.role, "…")}, in at most ${made.most}`,
        fix: "choose a shorter name",
      },
    ];
  });
};

const labelsFit: GcpRule = ({ observability: { labels } }) => {
  const most = LABEL_LIMITS.most - OWN_LABELS.length - PROVIDER_LABELS;
  const count = Object.keys(labels).length;
  if (count <= most) return [];
  return [
    {
      where: "observability.labels",
      got: `${count} labels`,
      want: `at most ${most}`,
      because: `a resource has ${LABEL_LIMITS.most}, and the stack and the provider add theirs`,
      fix: "remove the ones that nobody asks for",
    },
  ];
};

const labelsAreTheUsers: GcpRule = ({ observability: { labels } }) =>
  Object.keys(labels).flatMap((name) => {
    const isReserved = name.startsWith(LABEL_LIMITS.reservedPrefix);
    if (!isReserved && !OWN_LABELS.includes(name)) return [];
    return [
      {
        where: `observability.labels.${name}`,
        got: name,
        want: "a name of your own",
        because: isReserved
          ? `the cloud keeps labels that begin with ${LABEL_LIMITS.reservedPrefix}`
          : "the stack sets it itself",
        fix: "choose another name",
      },
    ];
  });

/** How things may be named. */
export const NAME_RULES = {
  stackIsAName: stackNameIssues,
  serviceFits,
  secondCopyFits,
  servicesRangeFits,
  serversFit,
  databaseHasItsOwnName: databaseNameIssues,
  labelsFit,
  labelsAreTheUsers,
} satisfies Readonly<Record<string, GcpRule>>;
