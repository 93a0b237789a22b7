import type { ResolvedTopology } from "../topology/resolved.ts";
import { type Affected, KNOWN_AS_OF, type ProviderBug } from "./bug.ts";
import { applies, appliesIf } from "./detect.ts";

const SEEN_IN_CLI: Affected = { seenIn: "3.259.0", unfixedAsOf: KNOWN_AS_OF };

/** As the components set it: on Cloud SQL in prod only, on Docker never. */
function isProtected(topology: ResolvedTopology): boolean {
  if (topology.target === "docker") return false;
  const { environment, protection, target } = topology;
  return protection.deletion && (target === "digitalocean" || environment === "prod");
}

/** Pulumi's engine, its policies, and a provider that speaks SQL. */
export const ENGINE: readonly ProviderBug[] = [
  {
    id: "pulumi-protect-in-place",
    traps: [52],
    package: "pulumi-cli",
    affected: SEEN_IN_CLI,
    summary: "protect refuses a removal and a replacement, and no update, whatever that destroys",
    consequence: "a restore over the data, or an emptied list of sources, passes",
    detect: (topology) =>
      appliesIf(isProtected(topology), {
        yes: "what holds data is guarded by protect",
        no: "protect guards nothing of this stack",
      }),
    workaround: {
      inPlace: true,
      what: "every change of the topology is judged by what it does, and refused without a permission",
      file: "topology/refuse-change.ts",
    },
    noticedBy: { file: "tests/unit/topology/refuse-change.test.ts" },
    source: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  },
  {
    id: "pulumi-state-is-believed",
    traps: [54],
    package: "pulumi-cli",
    affected: SEEN_IN_CLI,
    summary: "an update compares with the state, not with what is there",
    consequence: "what was changed by hand stays, and the update says that nothing changes",
    detect: () => applies("there is a state"),
    workaround: {
      inPlace: true,
      what: "on a cloud, `pgt up` refreshes first; on Docker where a container is missing; `pgt verify` looks at what is there",
      file: "cli/stack/update-cloud.ts",
    },
    noticedBy: { file: "tests/e2e/clouds/up.test.ts" },
    source: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/",
  },
  {
    id: "pulumi-policies-see-no-old-state",
    traps: [55],
    package: "@pulumi/policy",
    affected: { seenIn: "1.21.0", unfixedAsOf: KNOWN_AS_OF },
    summary: "a policy sees what is wished, with unknown outputs, and never what was there",
    consequence: "no policy can refuse a replacement, and one that reads an unknown output fails or passes by accident",
    detect: () => applies("the stack is judged by policies"),
    workaround: {
      inPlace: true,
      what: "what is unknown is read as unknown, and old and new are compared by `pgt up` itself",
      file: "policies/read-resources.ts",
    },
    noticedBy: { file: "tests/unit/policies/pack.test.ts" },
    source: "https://www.pulumi.com/docs/discovery-governance/concepts/policy-as-code/policies/",
  },
  {
    id: "pulumi-postgresql-wants-the-server",
    traps: [56],
    package: "@pulumi/postgresql",
    affected: { notKnown: "it is by design; no version was looked at, because none is installed" },
    summary: "the provider connects to the server in each preview and refresh",
    consequence: "a preview fails wherever the private address can't be reached, as on a hosted runner",
    detect: ({ target }) =>
      appliesIf(target !== "docker", { yes: "servers have private addresses", no: "servers are on this machine" }),
    workaround: {
      inPlace: true,
      what: "roles and grants are SQL of `pgt`'s own, after the update",
      file: "cli/stack/apply-roles.ts",
    },
    noticedBy: { none: "the package is not installed; a lock file that has it shows this bug" },
    source: "https://github.com/pulumi/pulumi-postgresql/issues/417",
  },
];
