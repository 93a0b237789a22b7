import { KNOWN_AS_OF, type ProviderBug } from "./bug.ts";
import { applies, appliesIf, neverSet, onGcp } from "./detect.ts";
import { GCP_TRAPS, INSTANCE_SOURCE, SEEN_IN_GCP } from "./gcp-update.ts";

const CONNECTION_SOURCE =
  "https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/servicenetworking/resource_service_networking_connection.go";
const USER_SOURCE =
  "https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/sql/resource_sql_user.go";

/** Cloud SQL from its creation to its removal: network, users, secrets, guards. */
export const GCP_LIFE: readonly ProviderBug[] = [
  {
    id: "gcp-require-ssl-gone",
    traps: [5],
    package: "@pulumi/gcp",
    affected: { seenIn: ">=8.0.0 <=9.37.0", unfixedAsOf: KNOWN_AS_OF },
    summary: "requireSsl is no argument any more, and without sslMode the cloud takes plain text",
    consequence: "who upgrades loses the encryption that requireSsl asked for",
    detect: onGcp(() => applies("every instance takes connections over a network")),
    workaround: { inPlace: true, what: "sslMode is always set", file: "components/gcp/instance-settings.ts" },
    noticedBy: GCP_TRAPS,
    source: "https://github.com/terraform-google-modules/terraform-google-sql-db/issues/645",
  },
  {
    id: "gcp-peering-not-waited-for",
    traps: [9],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "an instance with a private address does not wait for the peering that gives it one",
    consequence: "a first creation fails, or only when permissions are few, because the check is skipped then",
    detect: onGcp(({ network }) =>
      appliesIf(network.existing === undefined, {
        yes: "the stack makes the network and its peering",
        no: "the network is there already, with its peering",
      }),
    ),
    workaround: { inPlace: true, what: "the primary depends on the peering", file: "components/gcp/instances.ts" },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-peering-removal-refused",
    traps: [10],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "the removal of a peering is refused for up to four days after its last instance",
    consequence: "`pgt down` ends with an error, and the VPC stays",
    detect: onGcp(({ network }) =>
      appliesIf(network.existing === undefined, {
        yes: "the stack makes the network and its peering",
        no: "the peering is the owner's of an existing network",
      }),
    ),
    workaround: {
      inPlace: true,
      what: "no peering is left to nobody by ABANDON: a later `pgt down` ends the work",
      file: "components/gcp/network.ts",
    },
    noticedBy: GCP_TRAPS,
    source: CONNECTION_SOURCE,
  },
  {
    id: "gcp-deletion-protection-here-only",
    traps: [11],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "deletionProtection guards against the provider alone, and has to be applied as false before a removal",
    consequence: "the console deletes a protected instance; a removal fails half-way",
    detect: onGcp(() => applies("every instance has it")),
    workaround: {
      inPlace: true,
      what: "settings.deletionProtectionEnabled is set with it, and `pgt down` refuses as long as it holds",
      file: "components/gcp/instance-settings.ts",
    },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-owning-user-not-removed",
    traps: [14],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "the removal of a user or database that anything depends on fails",
    consequence: "the removal of everything else stops there",
    detect: onGcp(() => applies("users and a database are made")),
    workaround: {
      inPlace: true,
      what: "users and databases are abandoned: they go with their instance",
      file: "components/gcp/users.ts",
    },
    noticedBy: { file: "tests/unit/components/gcp/application.test.ts" },
    source: USER_SOURCE,
  },
  {
    id: "gcp-write-only-in-state",
    traps: [15],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "write-only passwords (passwordWo, rootPasswordWo) are written into the state's inputs, encrypted",
    consequence: "what was to be in no state is in it, and a new value needs another version to be sent",
    detect: neverSet("passwordWo or rootPasswordWo"),
    workaround: {
      inPlace: true,
      what: "passwords are users' own and secret, in the state encrypted, and no instance has one",
      file: "components/gcp/users.ts",
    },
    noticedBy: GCP_TRAPS,
    source: "https://github.com/pulumi/pulumi-terraform-bridge/issues/3201",
  },
  {
    id: "gcp-database-roles-overwrite",
    traps: [16],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "databaseRoles of a user is sent and never read, and takes away what was granted otherwise",
    consequence: "an update of a user takes its grants away",
    detect: neverSet("databaseRoles"),
    workaround: { inPlace: true, what: "roles are granted by SQL and by the API", file: "components/gcp/users.ts" },
    noticedBy: { file: "tests/unit/components/gcp/application.test.ts" },
    source: USER_SOURCE,
  },
  {
    id: "gcp-failed-creation-forgotten",
    traps: [23],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "a creation that fails or takes longer than 90 minutes leaves an instance that the state does not know",
    consequence: "it is paid for, and its name stops the next creation",
    detect: onGcp(() => applies("instances are made")),
    workaround: {
      inPlace: true,
      what: "a replica's copy has six hours, and `pgt up` takes over by name what a killed run was making; what failed is found by its name",
      file: "cli/stack/pending-creates.ts",
    },
    noticedBy: { file: "tests/e2e/clouds/second-phase.test.ts" },
    source: INSTANCE_SOURCE,
  },
];
