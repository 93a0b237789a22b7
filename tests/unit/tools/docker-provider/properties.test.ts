/** That no secret leaves its mark behind, and that none is quoted. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import {
  redact,
  reveal,
  sealLike,
  secret,
  secretTexts,
  UNKNOWN,
} from "../../../../tools/docker-provider/properties.ts";

const OUTPUT = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" };

describe("marked properties", () => {
  it("lose their marks at every depth on the way to Docker", () => {
    const marked = { a: [secret({ b: secret("s") })], c: { ...OUTPUT, value: "o", secret: true }, d: { ...OUTPUT } };
    assert.deepEqual(reveal(marked), { a: [{ b: "s" }], c: "o", d: UNKNOWN });
  });

  it("are secret again as a whole when any part of them was", () => {
    const inputs = {
      uploads: [{ file: "/f", content: secret("s") }],
      name: "n",
      user: { ...OUTPUT, value: "u", secret: true },
    };
    const sealed = sealLike({ uploads: [{ file: "/f", content: "s" }], name: "n", user: "u", exitCode: 0 }, inputs);
    assert.deepEqual(sealed, {
      uploads: secret([{ file: "/f", content: "s" }]),
      name: "n",
      user: secret("u"),
      exitCode: 0,
    });
  });

  it("do not appear in a text, whole, by the line, or as what their base64 stands for", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n";
    const encoded = Buffer.from("hidden-password").toString("base64");
    const secrets = secretTexts({
      uploads: secret([{ content: key }, { contentBase64: encoded }]),
      name: "visible-name",
    });
    const text = `visible-name cannot read MIIEvQIBADAN with hidden-password or ${encoded}: ${key}`;
    const clean = redact(text, secrets);
    assert.match(clean, /^visible-name cannot read \[secret\] with \[secret\] or \[secret\]/u);
    for (const part of ["MIIEvQIBADAN", "BgkqhkiG9w0B", "hidden-password", encoded]) assert.ok(!clean.includes(part));
  });
});
