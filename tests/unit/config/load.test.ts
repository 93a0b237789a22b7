// Where the program takes the application's secret from. Does not prove that the engine decrypts what the file has.
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import { type LoadedConfig, loadConfig } from "../../../config/load.ts";
import { AUTH_SECRET_KEY } from "../../../topology/secrets.ts";
import { valueOf } from "../../support/planned-resources.ts";

const SECRETS = { [AUTH_SECRET_KEY]: "signs" };

async function loaded(topology: object): Promise<LoadedConfig> {
  const mocks: pulumi.runtime.Mocks = {
    call: () => ({}),
    newResource: ({ inputs, name }) => ({ id: name, state: inputs as object }),
  };
  // What else is missing has a placeholder in a preview.
  await pulumi.runtime.setMocks(mocks, "pgtopology", "split", true);
  pulumi.runtime.setAllConfig(
    {
      "pgtopology:topology": JSON.stringify(topology),
      "pgtopology:suffix": "k3x9",
      "pgtopology:secrets": JSON.stringify(SECRETS),
      "pgtopology:secret-names": JSON.stringify(Object.keys(SECRETS)),
    },
    ["pgtopology:secrets"],
  );
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return loadConfig();
  } finally {
    console.warn = warn;
  }
}

describe("the application's secret in the configuration", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  const digitalocean = { target: "digitalocean", region: "nyc3" };
  const ssh = { keys: ["12345"], sources: ["203.0.113.7/32"] };
  for (const [title, wish] of [
    ["docker", { target: "docker", data: {} }],
    ["digitalocean", { ...digitalocean, data: {}, access: { ssh } }],
  ] as const) {
    it(`is the one that the stack exports on ${title}`, async () => {
      const config = await loaded(wish);
      assert.ok("authSecret" in config && config.authSecret !== undefined);
      assert.equal(await pulumi.isSecret(config.authSecret), true);
      assert.equal(await valueOf(config.authSecret), "signs");
    });
  }

  it("is none without a data database", async () => {
    for (const wish of [{ target: "docker" }, digitalocean]) {
      const config = await loaded(wish);
      assert.ok("authSecret" in config);
      assert.equal(config.authSecret, undefined);
    }
  });
});
