import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Place, PlacesFacts } from "../facts/places.ts";
import type { Fact } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";

const LOCATIONS = `${CLOUD_SQL_DOCS}/locations`;

/** What works together is in one region; what is for the loss of a region is not. */
export const regions: readonly Requirement<"places">[] = [
  {
    id: "places/read-replicas-aligned",
    topic: "places",
    severity: "high",
    title: "Read replicas are in the primary's region",
    why: "A query over an ocean takes a tenth of a second before it begins, and every row that crosses regions is paid for.",
    fix: "Give the replica the primary's `region`, or say that it is for disaster recovery: `purpose`, the label `pgtopology-purpose: disaster-recovery`, or the primary's `replicationCluster`. A new region makes the replica anew.",
    docs: LOCATIONS,
    witnesses: ["spec", "plan", "live"],
    references: ["S0.4"],
    check: (facts) => aligned(facts, "readReplicas", "there are no read replicas"),
  },
  {
    id: "places/service-aligned",
    topic: "places",
    severity: "high",
    title: "The service, its subnet and the certificate authority are in the primary's region",
    why: "A service far from its database is slow on every page, and leaves with either of two regions.",
    fix: "Name a subnet and a pool of the primary's region. To move the primary: add a replica there, promote it, then change `region`.",
    docs: LOCATIONS,
    witnesses: ["spec", "plan"],
    references: ["S0.1", "S0.4"],
    check: (facts) => aligned(facts, "service", "there is no service, and nothing else beside the servers"),
  },
  {
    id: "places/disaster-recovery-apart",
    topic: "places",
    severity: "critical",
    title: "A replica for disaster recovery is in another region than the primary",
    why: "What is in the same region is lost with it.",
    fix: "Set `region` of the replica to another one; the replica is made anew.",
    docs: `${CLOUD_SQL_DOCS}/intro-to-cloud-sql-disaster-recovery`,
    witnesses: ["spec", "plan", "live"],
    references: ["S0.4", "X4"],
    check: (facts) => apart(facts, "disasterRecovery", "no replica is for disaster recovery"),
  },
  {
    id: "places/second-copy-apart",
    topic: "places",
    severity: "high",
    title: "The second copy is in another region than the primary",
    why: "A copy beside the original is lost with it.",
    fix: "Set the bucket's `location` (`backup.secondCopy.location`) to another region; the bucket is made anew, so copy its exports first.",
    docs: "https://cloud.google.com/storage/docs/locations",
    witnesses: ["spec", "plan"],
    references: ["S0.4", "S3.4"],
    check: (facts) => apart(facts, "secondCopy", "there is no second copy"),
  },
  {
    id: "places/keys-aligned",
    topic: "places",
    severity: "high",
    title: "A key is where the data is that it encrypts",
    why: "Data whose key is in another region is lost with either of two regions, and Cloud Storage refuses such a key.",
    fix: "Name a key of the data's own location.",
    docs: "https://cloud.google.com/storage/docs/encryption/customer-managed-keys#restrictions",
    witnesses: ["spec", "plan"],
    references: ["S0.4"],
    check: (facts) =>
      known(facts, ["keys"], ({ keys }) =>
        every(
          keys,
          (key) => key.what,
          (key) =>
            known(key, ["region"], ({ region }) =>
              known(key.encrypts, ["region"], (data) =>
                verdict(region === data.region, `got ${region}, want ${data.region} like ${key.encrypts.what}`),
              ),
            ),
          "there are no keys of the user's own",
        ),
      ),
  },
  {
    id: "places/backups-outlive-region",
    topic: "places",
    severity: "medium",
    title: "The cloud's backups are not in the primary's region alone",
    why: "A backup in the lost region restores nothing.",
    fix: "Remove `settings.backupConfiguration.location` (`backup.location`): the cloud then takes the multi-region around the primary.",
    docs: `${CLOUD_SQL_DOCS}/backup-recovery/backups`,
    witnesses: ["spec", "plan", "live"],
    references: ["S0.4", "S3.4"],
    check: (facts) =>
      known(facts, ["primary", "backups"], ({ backups, primary }) =>
        verdict(
          backups !== primary,
          `backups: got ${primary}, the primary's own region, want another or a multi-region`,
        ),
      ),
  },
];

type Places = {
  readonly [K in keyof PlacesFacts]: PlacesFacts[K] extends Fact<readonly Place[]> ? K : never;
}[keyof PlacesFacts];

function aligned(facts: PlacesFacts, which: Places, nothing: string): Verdict {
  return eachPlace(facts, which, nothing, (region, primary) =>
    verdict(region === primary, `got ${region}, want ${primary} like the primary`),
  );
}

function apart(facts: PlacesFacts, which: Places, nothing: string): Verdict {
  return eachPlace(facts, which, nothing, (region, primary) =>
    verdict(region !== primary, `got ${region}, want another than the primary's ${primary}`),
  );
}

function eachPlace(
  facts: PlacesFacts,
  which: Places,
  nothing: string,
  judge: (region: string, primary: string) => Verdict,
): Verdict {
  return known(facts, [which], (named) => {
    const places: readonly Place[] = named[which];
    if (places.length === 0) return notApplicable(nothing);
    return every(
      places,
      (place) => place.what,
      (place) =>
        known(ownPrimary(place, facts), ["primary"], ({ primary }) =>
          known(place, ["region"], ({ region }) => judge(region, primary)),
        ),
      nothing,
    );
  });
}

/** What belongs to one of several primaries is near to, or far from, that one. */
function ownPrimary({ primary }: Place, facts: PlacesFacts): Pick<PlacesFacts, "primary"> {
  return primary === undefined ? facts : { primary };
}
