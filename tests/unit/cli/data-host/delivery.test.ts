// What a data host is given of a stack. That it is enough to run, tests/integration/data-host proves.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { deliveryOf } from "../../../../cli/data-host/delivery.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { digitalOceanWorld } from "../../../support/digitalocean-world.ts";
import { listen } from "../../../support/listening-context.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

describe("the delivery to a data host", () => {
  const { context } = listen();
  const place = placeOf(context, { stack: "split" });

  it("has the bucket with its own key, and no password of the managed primary but the one that only reads", () => {
    const delivery = deliveryOf(digitalOceanWorld(place), "/clone", NOW);
    assert.deepEqual(delivery.secrets, {
      administratorPassword: "data-administrator",
      poolerPassword: "data-pooler",
      repositoryPassphrase: "the repository's",
      bucketKey: { id: "bucket-id", secret: "bucket-secret" },
      exportedPassword: "managed-readOnly",
    });
    const text = JSON.stringify(delivery);
    assert.deepEqual([...new Set(text.match(/managed-\w+/g))], ["managed-readOnly"]);
    assert.equal(delivery.place.bucket?.uriStyle, "host");
    assert.equal(delivery.address, "10.100.0.3");
  });

  it("exports two hours after the platform's backup, as the role that only reads", () => {
    const { exported } = deliveryOf(digitalOceanWorld(place, { backup: { schedule: "23:15" } }), "/clone", NOW).place;
    assert.deepEqual(exported, {
      host: "private-split.db.example",
      port: 25_060,
      database: "app",
      user: "app_readonly",
      administrator: "doadmin",
      caCertificate: "the cluster's CA",
      schedule: "01:15",
      retentionDays: 30,
    });
  });

  it("exports nothing that the platform keeps long enough", () => {
    const delivery = deliveryOf(digitalOceanWorld(place, { backup: { retentionDays: 7 } }), "/clone", NOW);
    assert.deepEqual([delivery.place.exported, delivery.secrets.exportedPassword], [undefined, undefined]);
  });

  it("is refused where there is no data host", () => {
    assert.throws(() => deliveryOf(digitalOceanWorld(place, { data: undefined }), "/clone", NOW), {
      message: "stack split has no data host yet",
    });
  });
});
