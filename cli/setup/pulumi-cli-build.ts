import { mkdir } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "../../kernel/errors.ts";
import type { Machine, Way } from "./part.ts";
import { pulumiFolder, PULUMI_VERSION } from "./pulumi-version.ts";
import { runProgram, type ProgramRun } from "./run-program.ts";
import { putInPlace, withScratchFolder } from "./scratch-folder.ts";
import { slowSay } from "./slow-say.ts";

const PROGRAM = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** The oldest Go that the module asks for. */
const GO_MINOR = 25;

/** Three minutes on two cores with empty caches; a slow machine with a slow line takes a multiple of that. */
const BUILD_TIMEOUT_MS = 45 * 60_000;

/** Go names each module and package as it comes to it; a module proxy that hangs is given up after this. */
const SILENCE_TIMEOUT_MS = 5 * 60_000;

/** The CLI built from its sources by Go, for machines that the official download does not reach. */
export const theGoBuild: Way = {
  title: "a build from source by Go",
  byHand: `install Go 1.${GO_MINOR} or newer (https://go.dev/dl/), and let it reach a Go module proxy`,
  unavailable: async (machine) => {
    try {
      const said = await go(machine, ["version"], { timeoutMs: 20_000 });
      return whyGoIsTooOld(said);
    } catch (error) {
      machine.signal.throwIfAborted();
      return messageOf(error);
    }
  },
  act: (machine) => withScratchFolder(machine, (folder) => build(machine, folder)),
};

/** Why the Go that said this can't build the CLI, `undefined` when it can. */
export function whyGoIsTooOld(said: string): string | undefined {
  const version = /\bgo(\d+)\.(\d+)/.exec(said);
  if (version === null) return `go version said: ${said.trim()}`;
  const isEnough = Number(version[1]) > 1 || Number(version[2]) >= GO_MINOR;
  return isEnough ? undefined : `${version[0]} is too old, want go1.${GO_MINOR} or newer`;
}

async function build(machine: Machine, folder: string): Promise<void> {
  const place = path.join(folder, "bin");
  await mkdir(place);
  const say = slowSay(machine.say);
  const begun = performance.now();
  let modules = 0;
  let packages = 0;
  machine.say("building the Pulumi CLI, about three minutes the first time");
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`;
  await go(machine, ["build", "-v", "-o", path.join(place, "pulumi"), "-ldflags", flags, PROGRAM], {
    timeoutMs: BUILD_TIMEOUT_MS,
    silenceTimeoutMs: SILENCE_TIMEOUT_MS,
    onLine: (line) => {
      if (line.startsWith("go: downloading")) modules += 1;
      else packages += 1;
      const seconds = Math.round((performance.now() - begun) / 1000);
      say(`building: ${modules} modules downloaded, ${packages} packages compiled, ${seconds} s`);
    },
  });
  await putInPlace(place, pulumiFolder(machine));
}

function go(
  machine: Machine,
  args: readonly string[],
  how: Pick<ProgramRun, "timeoutMs" | "silenceTimeoutMs" | "onLine">,
): Promise<string> {
  return runProgram({
    program: "go",
    args,
    env: machine.env,
    cwd: path.join(machine.root, "tools/pulumi"),
    signal: machine.signal,
    ...how,
  });
}
