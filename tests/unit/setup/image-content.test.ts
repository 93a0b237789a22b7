// What makes an image the same image. Does not prove that it can be built.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { extract } from "tar-stream";
import { hashOfImage, packImageFiles, readImageFiles } from "../../../cli/setup/image-content.ts";

const BASE = "sha256:base";

describe("the content of an image", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "pgt-test-"));
    mkdirSync(path.join(folder, "commands"));
    writeFileSync(path.join(folder, "Dockerfile"), "FROM scratch\n", { mode: 0o644 });
    writeFileSync(path.join(folder, "commands/start"), "#!/bin/sh\n", { mode: 0o755 });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const hash = (base = BASE) => hashOfImage(readImageFiles(folder), base);

  it("is the same whatever the umask of the clone, and whenever it is read", () => {
    const before = hash();
    chmodSync(path.join(folder, "Dockerfile"), 0o600);
    chmodSync(path.join(folder, "commands/start"), 0o775);
    assert.equal(hash(), before);
    assert.match(before, /^[0-9a-f]{64}$/);
  });

  it("is another one with another byte, name, mode, file or base", () => {
    const seen = [hash(), hash("sha256:other")];
    chmodSync(path.join(folder, "Dockerfile"), 0o755);
    seen.push(hash());
    writeFileSync(path.join(folder, "Dockerfile"), "FROM scratch\n\n");
    seen.push(hash());
    writeFileSync(path.join(folder, "commands/stop"), "");
    seen.push(hash());
    rmSync(path.join(folder, "commands/stop"));
    writeFileSync(path.join(folder, "commands/end"), "");
    seen.push(hash());
    assert.equal(new Set(seen).size, seen.length);
  });

  it("does not run from the end of one file into the next", () => {
    const file = (name: string, text: string) => ({ name, mode: 0o644, content: Buffer.from(text) });
    assert.notEqual(
      hashOfImage([file("a", "1"), file("b", "2")], BASE),
      hashOfImage([file("a", "1b"), file("", "2")], BASE),
    );
  });

  it("refuses what is not a plain file", () => {
    symlinkSync("/etc/passwd", path.join(folder, "commands/link"));
    assert.throws(() => readImageFiles(folder), { message: /commands\/link: an image is built from plain files/ });
  });

  it("is packed with names, modes and bytes, and without times or owners", async () => {
    const archive = extract();
    archive.end(await packImageFiles(readImageFiles(folder)));
    const entries: unknown[] = [];
    for await (const entry of archive) {
      const { name, mode, uid, mtime } = entry.header;
      entries.push({ name, mode, uid, mtime: mtime.getTime() });
      entry.resume();
    }
    assert.deepEqual(entries, [
      { name: "Dockerfile", mode: 0o644, uid: 0, mtime: 0 },
      { name: "commands/start", mode: 0o755, uid: 0, mtime: 0 },
    ]);
  });
});
