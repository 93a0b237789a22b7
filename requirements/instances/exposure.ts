import { IAM_FLAG } from "../../topology/cloud-sql-words.ts";
import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Requirement } from "../requirement.ts";
import { none, verdict } from "../verdict.ts";
import { eachInstance } from "./each-instance.ts";
import { flagsAre, ON } from "./effective-flags.ts";

const EVERYWHERE = ["spec", "plan", "live"] as const;
const ENCRYPTED: readonly string[] = ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];
const WITH_NAMES: readonly string[] = ["GOOGLE_MANAGED_CAS_CA", "CUSTOMER_MANAGED_CAS_CA"];

/** Who can reach an instance, and what can be read on the way. */
export const instanceExposure: readonly Requirement<"instances">[] = [
  {
    id: "instances/no-public-address",
    topic: "instances",
    severity: "critical",
    title: "No instance has a public address",
    why: "A public address is one wrong network, or one leaked password, away from everybody. The cloud gives one unless told otherwise.",
    fix: "Set `settings.ipConfiguration.ipv4Enabled` to false; where it was changed by hand, run the update again.",
    docs: `${CLOUD_SQL_DOCS}/configure-private-ip`,
    witnesses: EVERYWHERE,
    references: [
      "CIS GCP 6.6",
      "CIS GCP 6.7 (5.0)",
      "CKV_GCP_60",
      "TRV GCP-0017",
      "PRW public_ip",
      "PRW private_ip_assignment",
      "PAC",
    ],
    check: (facts) =>
      eachInstance(facts, ["publicAddress"], ({ publicAddress }) =>
        verdict(!publicAddress, "got a public address, want a private one only"),
      ),
  },
  {
    id: "instances/no-authorized-networks",
    topic: "instances",
    severity: "critical",
    title: "No network of the internet is authorized",
    why: "It waits for the day on which the instance gets a public address, and is in no configuration then.",
    fix: "Remove `settings.ipConfiguration.authorizedNetworks`; where it was added by hand, run the update again.",
    docs: `${CLOUD_SQL_DOCS}/authorize-networks`,
    witnesses: EVERYWHERE,
    references: ["CIS GCP 6.5", "CKV_GCP_11", "TRV GCP-0017", "KICS b187edca", "PRW public_access", "PAC"],
    check: (facts) =>
      eachInstance(facts, ["authorizedNetworks"], ({ authorizedNetworks }) =>
        none(authorizedNetworks, "want no authorized networks, got"),
      ),
  },
  {
    id: "instances/encrypted-only",
    topic: "instances",
    severity: "critical",
    title: "Instances refuse connections without TLS",
    why: "Without `sslMode` the cloud takes plain text, and passwords and rows with it.",
    fix: "Set `settings.ipConfiguration.sslMode` to ENCRYPTED_ONLY; where it was changed by hand, run the update again.",
    docs: `${CLOUD_SQL_DOCS}/configure-ssl-instance`,
    witnesses: EVERYWHERE,
    references: ["X2", "CIS GCP 6.4", "CKV_GCP_6", "TRV GCP-0015", "KICS 02474449", "PRW ssl_connections", "PAC"],
    check: (facts) =>
      eachInstance(facts, ["sslMode"], ({ sslMode }) =>
        verdict(ENCRYPTED.includes(sslMode), `got sslMode ${sslMode}, want ${ENCRYPTED.join(" or ")}`),
      ),
  },
  {
    id: "instances/names-in-certificates",
    topic: "instances",
    severity: "medium",
    title: "Clients can check a server's name in its certificate",
    why: "A per-instance authority signs no name, so that a client can't tell one server from another of it: verify-ca is the most there is.",
    fix: "Set `settings.ipConfiguration.serverCaMode` to GOOGLE_MANAGED_CAS_CA (`access.certificateAuthority: shared`).",
    docs: `${CLOUD_SQL_DOCS}/authorize-ssl`,
    witnesses: EVERYWHERE,
    references: ["X2"],
    check: (facts) =>
      eachInstance(facts, ["certificateAuthority"], ({ certificateAuthority }) =>
        verdict(
          WITH_NAMES.includes(certificateAuthority),
          `got serverCaMode ${certificateAuthority} (verify-ca), want ${WITH_NAMES.join(" or ")} (verify-full)`,
        ),
      ),
  },
  {
    id: "instances/no-sql-over-api",
    topic: "instances",
    severity: "high",
    title: "Nobody runs SQL through the cloud's API",
    why: "The private network is no wall for who comes through the API.",
    fix: "Set `settings.dataApiAccess` to DISALLOW_DATA_API.",
    docs: `${CLOUD_SQL_DOCS}/executesql`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      eachInstance(facts, ["dataApi"], ({ dataApi }) =>
        verdict(!dataApi, "got dataApiAccess ALLOW_DATA_API, want it off"),
      ),
  },
  {
    id: "instances/iam-login",
    topic: "instances",
    severity: "medium",
    title: "Users of the cloud's IAM can log in",
    why: "A token of a service account ends within the hour; a password stays until somebody changes it.",
    fix: `Set the flag \`${IAM_FLAG}\` to on; where it was changed by hand, run the update again.`,
    docs: `${CLOUD_SQL_DOCS}/iam-authentication`,
    witnesses: EVERYWHERE,
    references: ["CIS GCP 6.6 (5.0)"],
    check: (facts) => flagsAre(facts, "no login", { [IAM_FLAG]: ON }),
  },
];
