// What the rules of wishes and the tables of plans say of the same edits on Docker. It does not prove that either is right:
// tests/e2e watches servers.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { containerShape } from "../../../../tools/docker-provider/resources/container-shape.ts";
import { network } from "../../../../tools/docker-provider/resources/network.ts";
import { volume } from "../../../../tools/docker-provider/resources/volume.ts";
import type { ResourceShape } from "../../../../tools/docker-provider/property-shape.ts";
import { EDITS } from "../../topology/change/docker.test.ts";
import { type Exceptions, judgeAgreement } from "../../../support/wish-and-plan.ts";

const BY_SQL = "databases are made by SQL: of the resources, only the pooler is told another name";
const ANOTHER_IMAGE = "a plan has the image by its id, which tells no version, and is the same here";
const SECRET_FILE = "pgBackRest's file is secret: that it removes backups later, and not sooner, can't be seen";
const WHOLE = "the scheduler goes with all that it backed up; its own line does not know that";

/** What the plan says where it is not what the wish says, by the edit's title, and why. */
const EXCEPTIONS: Exceptions = {
  "another database": { plan: "restart", why: BY_SQL },
  "another data database": { plan: "restart", why: BY_SQL },
  "another major": { plan: "none", why: ANOTHER_IMAGE },
  "what both databases have is told of once": { plan: "restart + exposure", why: ANOTHER_IMAGE },
  "a looser environment": { plan: "none", why: "no resource is told of the environment" },
  "a second replica": { plan: "none", why: "the pooler restarts after the update, and no resource shows it" },
  "backups for longer": { plan: "data loss", why: SECRET_FILE },
  "no data database": { plan: "replace + exposure", why: WHOLE },
  "no data database, and nothing of it kept": { plan: "data loss + exposure", why: WHOLE },
};

/** What the stand-in provider makes anew, as the official one does. */
const FORCE_NEW = Object.fromEntries(
  [containerShape, network.shape, volume.shape].map(({ type, inputs }: ResourceShape) => [
    type,
    Object.entries(inputs).flatMap(([name, { change }]) => (change === "replace" ? [name] : [])),
  ]),
);

describe("on Docker, a wish and its plan", () => {
  for (const [title, from, to] of EDITS) {
    it(`say the same of ${title}`, async () => {
      const edit = { title, from: { target: "docker" as const, ...from }, to: { target: "docker" as const, ...to } };
      await judgeAgreement(edit, { forceNew: FORCE_NEW }, "local", EXCEPTIONS);
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
