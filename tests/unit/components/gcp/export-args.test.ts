// The workflow of an export as text, and when it starts. Does not prove that Workflows runs it: only the cloud can.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { dailyAt, exportWorkflow } from "../../../../components/gcp/export-args.ts";
import { planOf, PROD_SERVICE } from "./example-topologies.ts";

const TEXT = exportWorkflow({ project: "example", instance: "prod-primary", database: "shop", bucket: "prod-exports" });

describe("the workflow of an export", () => {
  it("names the object after the moment, exports on another machine, asks again while busy, and fails loudly", () => {
    assert.deepEqual(JSON.parse(TEXT), {
      main: {
        steps: [
          {
            name_object: {
              assign: [
                {
                  uri: '${"gs://prod-exports/shop/" + text.replace_all(text.substring(time.format(sys.now()), 0, 19), ":", "-") + "Z.sql.gz"}',
                },
              ],
            },
          },
          {
            export: {
              try: {
                call: "googleapis.sqladmin.v1.instances.export",
                args: {
                  project: "example",
                  instance: "prod-primary",
                  body: {
                    exportContext: { fileType: "SQL", databases: ["shop"], uri: "${uri}", offload: true },
                  },
                  connector_params: { timeout: 86_400 },
                },
                result: "operation",
              },
              retry: {
                predicate: "${is_busy}",
                max_retries: 30,
                backoff: { initial_delay: 60, max_delay: 600, multiplier: 2 },
              },
            },
          },
          {
            fail_with_it: {
              switch: [{ condition: '${map.get(operation, "error") != null}', raise: "${operation.error}" }],
            },
          },
          { say_where: { return: "${uri}" } },
        ],
      },
      is_busy: {
        params: ["error"],
        steps: [
          { answered: { switch: [{ condition: '${map.get(error, "code") in [409, 429, 503]}', return: true }] } },
          { otherwise: { return: false } },
        ],
      },
    });
  });
});

describe("a time of day", () => {
  const times: [string, string][] = [
    ["04:00", "0 4 * * *"],
    ["00:09", "9 0 * * *"],
    ["23:59", "59 23 * * *"],
  ];
  for (const [time, cron] of times) {
    it(`${time} is ${cron}`, () => {
      assert.equal(dailyAt(time), cron);
    });
  }
});

describe("the key of a bucket", () => {
  it("may be used by the cloud's storage before the bucket is made", async () => {
    const key = "projects/keys/locations/europe-north1/keyRings/ring/cryptoKeys/exports";
    const backup = { ...PROD_SERVICE.backup, secondCopy: { location: "europe-north1", encryptionKey: key } };
    const { resources } = await planOf({ ...PROD_SERVICE, backup });
    const grant = resources.find(({ name }) => name === "pgtopology-prod-exports-key-user");
    assert.deepEqual(grant?.props, {
      cryptoKeyId: key,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:storage@google.test",
    });
    const bucket = resources.find(({ name }) => name === "pgtopology-prod-exports");
    assert.deepEqual(bucket?.options.dependsOn, ["pgtopology-prod-exports-key-user"]);
  });
});
