import * as pulumi from "@pulumi/pulumi";

export const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

/** What functions of the provider answer. */
export const CLOUD_ANSWERS = {
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": { emailAddress: "storage@google.test" },
};

/** What the cloud answers with: names, addresses and authorities of what was made. */
export function madeByCloud(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const made: Readonly<Record<string, () => Record<string, unknown>>> = {
    [INSTANCE]: () => madeInstance(inputs),
    "gcp:serviceaccount/account:Account": () => {
      const email = `${String(inputs.accountId)}@example.iam.gserviceaccount.com`;
      return { email, member: `serviceAccount:${email}` };
    },
    "gcp:secretmanager/secretVersion:SecretVersion": () => ({ version: "7" }),
    "gcp:projects/iAMCustomRole:IAMCustomRole": () => ({ name: `projects/example/roles/${String(inputs.roleId)}` }),
  };
  return made[type]?.() ?? {};
}

/** An enterprise-plus primary has a name that follows it. */
function madeInstance(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { name, region, masterInstanceName, settings } = inputs as Readonly<Record<string, string>> & {
    readonly settings: { readonly edition: string };
  };
  const own = { connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "INSTANCE", name: `${name}.${region}.sql.test.` };
  const moving = { connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "CLUSTER", name: `${name}.global.sql.test.` };
  const isMoving = settings.edition === "ENTERPRISE_PLUS" && masterInstanceName === undefined;
  return {
    privateIpAddress: `address of ${name}`,
    connectionName: `example:${region}:${name}`,
    serviceAccountEmailAddress: `${name}@sql.test`,
    dnsNames: isMoving ? [moving, own] : [own],
    serverCaCerts: pulumi.secret([{ cert: `authority of ${region}\n` }]),
  };
}
