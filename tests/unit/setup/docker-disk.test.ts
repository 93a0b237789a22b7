// When a disk counts as nearly full. Does not prove how much a build or a database takes.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { requireFreeSpace } from "../../../cli/setup/docker-disk.ts";

describe("the disk of the Docker Engine", () => {
  it("is refused below what is needed, with its path and both numbers", () => {
    assert.throws(
      () => {
        requireFreeSpace({ path: "/var/lib/docker", freeGiB: 1.26 }, 3, "the build of the image");
      },
      {
        message: "/var/lib/docker: got 1.3 GiB free, want 3 GiB: it is needed for the build of the image",
      },
    );
  });

  it("is let through with enough free space, and when it can't be known", () => {
    requireFreeSpace({ path: "/var/lib/docker", freeGiB: 3 }, 3, "the build of the image");
    requireFreeSpace(undefined, 3, "the build of the image");
  });
});
