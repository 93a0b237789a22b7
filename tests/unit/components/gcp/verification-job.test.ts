// The job that verifies from inside the VPC: its exact arguments, what its account may do, and where its passwords stand.
// Does not prove that Cloud Run takes them, nor that IAM reads the condition so; what the job does with them is in
// tests/integration/verify/in-cloud.test.ts.
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { CLOUD_ROLE_KEYS } from "../../../../topology/secrets.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { topologyText } from "../../../../topology/verification-job.ts";
import { VERIFICATION } from "../../../support/gcp-cases.ts";
import { openPlaces, type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { planOf, PROD_SERVICE, secretMarker, STAGING } from "./example-topologies.ts";
import { withNamedParts } from "./named-parts.ts";
import { planDifference } from "../../../support/plan-difference.ts";

const JOB = "gcp:cloudrunv2/job:Job";
const TOP = "pgtopology-staging";
const WISH: SpecOf<"gcp"> = { ...STAGING, access: { verification: VERIFICATION } };
const LABELS = { "pgtopology-stack": "staging", "pgtopology-environment": "staging" };
const MEMBER = "serviceAccount:staging-verification-k3x9@example.iam.gserviceaccount.com";

describe("the job that verifies", () => {
  let resources: readonly RecordedResource[];
  let registered: unknown;
  before(async () => ({ resources, registered } = await planOf(WISH)));

  it("runs once in the primary's region and network, told the topology, with its passwords in a file", () => {
    const { props, options } = resourceOf(resources, JOB, `${TOP}-verification-job`);
    assert.deepEqual(props, {
      name: "staging-verification-k3x9",
      project: "example",
      location: "europe-west1",
      labels: LABELS,
      deletionProtection: false,
      template: {
        labels: LABELS,
        taskCount: 1,
        template: {
          serviceAccount: "staging-verification-k3x9@example.iam.gserviceaccount.com",
          maxRetries: 0,
          timeout: "600s",
          containers: [
            {
              name: "verification",
              image: VERIFICATION.image,
              commands: ["node", "verify/in-cloud.ts"],
              envs: [
                { name: "PGTOPOLOGY_TOPOLOGY", value: topologyText(resolveTopology(WISH, "staging")) },
                { name: "PGTOPOLOGY_PROJECT", value: "example" },
                { name: "PGTOPOLOGY_SUFFIX", value: "k3x9" },
                { name: "PGTOPOLOGY_PASSWORDS_FILE", value: "/etc/pgtopology/verification/passwords.json" },
              ],
              resources: { limits: { cpu: "1", memory: "512Mi" } },
              volumeMounts: [{ name: "passwords", mountPath: "/etc/pgtopology/verification" }],
            },
          ],
          volumes: [
            {
              name: "passwords",
              secret: {
                secret: "staging-verification-passwords-k3x9",
                items: [{ path: "passwords.json", version: "7" }],
              },
            },
          ],
          vpcAccess: {
            networkInterfaces: [{ network: `${TOP}-network`, subnetwork: `${TOP}-subnet` }],
            egress: "PRIVATE_RANGES_ONLY",
          },
        },
      },
    });
    for (const grant of ["verification-viewer", "secret-verification-passwords-reader"]) {
      assert.ok(options.dependsOn.includes(`${TOP}-${grant}`), grant);
    }
    assert.deepEqual([options.parent, options.protect], [TOP, false]);
  });

  it("has an account that may look at these instances, read this one secret, and do nothing else", () => {
    const grants = resources.filter(({ props }) => props.member === MEMBER);
    const names = ["staging-primary-k3x9", "staging-replica-reports-k3x9"].map(
      (name) => `projects/example/instances/${name}`,
    );
    const places = names.map((name) => `resource.name == "${name}" || resource.name.startsWith("${name}/")`);
    assert.deepEqual(
      grants.map(({ props }) => props),
      [
        {
          project: "example",
          role: "roles/cloudsql.viewer",
          member: MEMBER,
          condition: {
            title: "instances of the topology and their backups",
            expression: `resource.service == "sqladmin.googleapis.com" && (${places.join(" || ")})`,
          },
        },
        {
          project: "example",
          secretId: "staging-verification-passwords-k3x9",
          role: "roles/secretmanager.secretAccessor",
          member: MEMBER,
        },
      ],
    );
  });

  it("has the passwords of the roles that it logs in as, and of no other", () => {
    const type = "gcp:secretmanager/secretVersion:SecretVersion";
    const { props } = resourceOf(resources, type, `${TOP}-secret-verification-passwords-version`);
    assert.deepEqual(JSON.parse(String(props.secretData)), {
      administrator: secretMarker("administrator"),
      readWrite: secretMarker("readWrite"),
      readOnly: secretMarker("readOnly"),
    });
  });

  it("has no password in its arguments, and none stands in the open anywhere", () => {
    const others = resources.filter(({ type }) => !/:(User|SecretVersion)$/.test(type));
    assert.ok(others.some(({ type }) => type === JOB));
    assert.doesNotMatch(JSON.stringify(others), /marker-of/);
    for (const role of CLOUD_ROLE_KEYS) {
      const places = resources.flatMap(({ name, sent }) => openPlaces(sent, secretMarker(role), name));
      assert.deepEqual([...places, ...openPlaces(registered, secretMarker(role))], [], role);
    }
  });

  it("is asked for in a preview as in an update", async () => {
    const urns = async (preview: boolean): Promise<string[]> =>
      (await planOf(WISH, { preview })).resources.map(({ urn }) => urn);
    assert.deepEqual(await urns(true), await urns(false));
  });

  it("is all that its wish adds, and nothing of it is there without", async () => {
    const parts = async (spec: SpecOf<"gcp">) => withNamedParts((await planOf(spec)).resources);
    const difference = planDifference(
      await parts(PROD_SERVICE),
      await parts({ ...PROD_SERVICE, ...{ access: WISH.access } }),
    );
    assert.deepEqual(difference.sort(), [
      "+ Account verification-account",
      "+ IAMMember verification-viewer",
      "+ Job verification-job",
      "+ Secret secret-verification-passwords",
      "+ SecretIamMember secret-verification-passwords-reader",
      "+ SecretVersion secret-verification-passwords-version",
    ]);
  });

  it("goes through an existing network where there is one, and runs from another image", async () => {
    const image = VERIFICATION.image.replace(/a+$/, "b".repeat(64));
    const network = {
      existing: "projects/host/global/networks/shared",
      subnet: "projects/host/regions/europe-west1/subnetworks/run",
    };
    const jobOf = async (spec: SpecOf<"gcp">) => {
      const all = (await planOf(spec)).resources.filter(({ type }) => type === JOB || type.startsWith("pgtopology:"));
      return all.map((one) => ({ ...one, options: { ...one.options, dependsOn: [] } }));
    };
    const changed = await jobOf({ ...WISH, access: { network, verification: { image } } });
    const difference = planDifference(await jobOf(WISH), changed).filter((line) => !line.includes("envs.0.value"));
    const task = "Job verification-job template.template";
    assert.deepEqual(difference.sort(), [
      `${task}.containers.0.image: ${VERIFICATION.image} → ${image}`,
      `${task}.vpcAccess.networkInterfaces.0.network: ${TOP}-network → ${network.existing}`,
      `${task}.vpcAccess.networkInterfaces.0.subnetwork: ${TOP}-subnet → ${network.subnet}`,
    ]);
  });
});
