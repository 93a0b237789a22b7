import path from "node:path";
import { download } from "./download.ts";
import type { Machine, Way } from "./part.ts";
import { pulumiFolder, PULUMI_VERSION } from "./pulumi-version.ts";
import { runProgram } from "./run-program.ts";
import { putInPlace, withScratchFolder } from "./scratch-folder.ts";
import { slowSay } from "./slow-say.ts";
import { askSite, whyNotAsked } from "./unreachable-sites.ts";

const SITE = "get.pulumi.com";

const UNPACK_TIMEOUT_MS = 5 * 60_000;

/** sha256 by platform, as published in Formula/pulumi.rb of github.com/pulumi/homebrew-tap for this version. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  "linux-x64": "94ba357acac23d01474084c4b00098dc0f7bc70ce13f34c777459254a5f718e5",
  "linux-arm64": "edc8327463a72160bb36cf82cf5062da9c8a244290a706d9980988e7bf486853",
  "darwin-x64": "eaca4c3b8277bfa3ab061fa3b270d1c66358a0b2e613da8c5587a04b7226c534",
  "darwin-arm64": "57c27f179e527e2cf9f62b841a448af72a020e44b2fb4ee0d9bd85556c00c864",
};

const platform = `${process.platform}-${process.arch}`;

/** The official archive, unpacked into `.toolchain/`. */
export const theOfficialDownload: Way = {
  title: `the official download from ${SITE}`,
  byHand: `let this machine reach https://${SITE}`,
  unavailable: (machine) =>
    CHECKSUMS[platform] === undefined
      ? Promise.resolve(`no checksum is pinned for ${platform}`)
      : whyNotAsked(machine, SITE),
  act: (machine) => askSite(machine, SITE, () => withScratchFolder(machine, (folder) => install(machine, folder))),
};

async function install(machine: Machine, folder: string): Promise<void> {
  const archive = path.join(folder, "pulumi.tar.gz");
  await download({
    url: `https://${SITE}/releases/sdk/pulumi-v${PULUMI_VERSION}-${platform}.tar.gz`,
    sha256: CHECKSUMS[platform] ?? "",
    to: archive,
    signal: machine.signal,
    say: slowSay(machine.say),
  });
  machine.say("unpacking");
  await runProgram({
    program: "tar",
    args: ["-xzf", archive, "-C", folder],
    env: machine.env,
    timeoutMs: UNPACK_TIMEOUT_MS,
    signal: machine.signal,
  });
  await putInPlace(path.join(folder, "pulumi"), pulumiFolder(machine));
}
