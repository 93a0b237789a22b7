import assert from "node:assert/strict";
import { readExports } from "../../../facts/from-live/digitalocean/exports.ts";
import { liveExports } from "../../../requirements/backup/exports.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import type { DataHost } from "./running-host.ts";

/** What verification finds wrong with a host's exports; of the rest nothing is known here. */
export async function failuresOfExports(host: DataHost): Promise<string[]> {
  const seen = await readExports(
    {
      now: new Date(),
      signal: new AbortController().signal,
      execute: (_part, command) => host.machine.exec("pgt-as-postgres", ...command),
    },
    host,
  );
  assert.equal(seen.days, 30);
  const backup = { ...NOTHING_KNOWN.backup, enabled: true, ...seen };
  return judgeAll(liveExports, { ...NOTHING_KNOWN, backup }, "live", FLOORS.prod).flatMap(({ requirement, verdict }) =>
    ["fail", "unknown"].includes(verdict.status) ? [requirement.id] : [],
  );
}
