// What the rules of wishes and the tables of plans say of the same edits on DigitalOcean. It does not prove that either is
// right, nor that the provider makes anew what is listed here: that was read in its source.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { EDITS } from "../../topology/change/digitalocean.test.ts";
import type { ProviderKnowledge } from "../../../support/plan-steps.ts";
import { madeByDigitalOcean } from "../../../support/pretend-digitalocean.ts";
import { type Exceptions, judgeAgreement } from "../../../support/wish-and-plan.ts";

const OVER_SSH = "the data host's files are delivered over SSH: no resource has them";
const ANOTHER_LIST = "the plan also sees that the new cluster trusts another range";

/** What the plan says where it is not what the wish says, by the edit's title, and why. */
const EXCEPTIONS: Exceptions = {
  "another region with a replica and a data host": {
    plan: "replace + exposure",
    why: "that the bucket's name is taken as long as the old one stays, no plan shows; it sees another trusted machine",
  },
  "another VPC (trap 34)": { plan: "replace + exposure", why: ANOTHER_LIST },
  "another range": { plan: "replace + exposure", why: ANOTHER_LIST },
  "one replica less in prod, which is always protected": {
    plan: "rebuild",
    why: "the wish tells of the guard that has to be taken off by hand; the engine refuses the plan until it is",
  },
  "a larger pool of readers": { plan: "none", why: OVER_SSH },
  "another SSH key": { plan: "none", why: "the component ignores it on a machine that is there" },
  "another data database": { plan: "none", why: OVER_SSH },
  "a parameter of the data database": { plan: "none", why: OVER_SSH },
  "older TLS for the data database": { plan: "none", why: OVER_SSH },
  "another place of the bucket": {
    plan: "replace",
    why: "that its name is taken as long as the old one stays, no plan shows",
  },
  "fewer days of backups": { plan: "none", why: OVER_SSH },
  "no backups": { plan: "none + exposure", why: OVER_SSH },
  "no backups without a data host": {
    plan: "none",
    why: "the plan has only the time of the platform's backups, which go on",
  },
};

/**
 * `ForceNew` in the schemas of what the component makes.
 * @see https://github.com/digitalocean/terraform-provider-digitalocean/tree/main/digitalocean (as of 2026-08-06)
 */
const FORCE_NEW: ProviderKnowledge["forceNew"] = {
  "digitalocean:index/databaseCluster:DatabaseCluster": ["name", "engine", "privateNetworkUuid", "projectId"],
  "digitalocean:index/databaseReplica:DatabaseReplica": ["name", "clusterId", "region", "privateNetworkUuid", "tags"],
  "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool": [
    ...["clusterId", "name", "user", "mode", "size", "dbName"],
  ],
  "digitalocean:index/databaseDb:DatabaseDb": ["name", "clusterId"],
  "digitalocean:index/databaseUser:DatabaseUser": ["name", "clusterId"],
  "digitalocean:index/databaseFirewall:DatabaseFirewall": ["clusterId"],
  "digitalocean:index/databasePostgresqlConfig:DatabasePostgresqlConfig": ["clusterId"],
  "digitalocean:index/droplet:Droplet": [
    ...["image", "region", "publicNetworking", "sshKeys", "userData", "monitoring", "dropletAgent", "vpcUuid"],
  ],
  "digitalocean:index/volume:Volume": ["region", "name", "description", "snapshotId", "initialFilesystemType"],
  "digitalocean:index/volumeAttachment:VolumeAttachment": ["dropletId", "volumeId"],
  "digitalocean:index/vpc:Vpc": ["region", "ipRange"],
  "digitalocean:index/spacesBucket:SpacesBucket": ["region"],
  "digitalocean:index/projectResources:ProjectResources": ["project"],
};

describe("on DigitalOcean, a wish and its plan", () => {
  for (const [title, from, to] of EDITS) {
    it(`say the same of ${title}`, async () => {
      const place = { target: "digitalocean", region: "nyc3" } as const;
      const edit = { title, from: { ...place, ...from }, to: { ...place, ...to } };
      await judgeAgreement(edit, { forceNew: FORCE_NEW, madeByCloud: madeByDigitalOcean }, "split", EXCEPTIONS);
    });
  }

  it("have no exception for an edit that is not there", () => {
    const titles = EDITS.map(([title]) => title);
    assert.deepEqual(
      Object.keys(EXCEPTIONS).filter((title) => !titles.includes(title)),
      [],
    );
  });
});
