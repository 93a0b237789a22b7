/** The archive of uploaded files. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { extract } from "tar-stream";
import { uploadArchive } from "../../../../tools/docker-provider/uploads.ts";

describe("the archive of uploads", () => {
  it("holds each file with its content, owner and permissions", async () => {
    const archive = await uploadArchive([
      { file: "/etc/a", content: "ä", executable: false, owner: "999", group: "998", permissions: "0600" },
      { file: "/b", contentBase64: Buffer.from([0, 255]).toString("base64"), executable: true },
    ]);
    const found: unknown[] = [];
    for await (const entry of Readable.from([archive]).pipe(extract())) {
      const { name, mode, uid, gid } = entry.header;
      found.push([name, mode, uid, gid, [...(await buffer(entry))]]);
    }
    assert.deepEqual(found, [
      ["etc/a", 0o600, 999, 998, [...Buffer.from("ä")]],
      ["b", 0o744, 0, 0, [0, 255]],
    ]);
  });

  it("refuses a file with no content or with two, by its name", async () => {
    await assert.rejects(uploadArchive([{ file: "/a", executable: false }]), /\/a: exactly one of/u);
    await assert.rejects(uploadArchive([{ file: "/a", content: "", contentBase64: "", executable: false }]), /\/a/u);
  });
});
