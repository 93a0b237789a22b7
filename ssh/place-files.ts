import { createHash } from "node:crypto";
import { PgtError } from "../kernel/errors.ts";
import type { HostFile } from "../rendering/data-host/host-file.ts";
import { quoted } from "./quoted.ts";
import type { SshSession } from "./session.ts";

const TIMEOUT_MS = 60_000;

/** A file that is another one on the host, in content, permissions or owner. */
export interface DifferingFile {
  readonly file: HostFile;
  /** Its content there; `undefined` for none, and for a secret, which is not fetched. */
  readonly before: string | undefined;
}

/** The files that differ on the host; nothing is changed there. */
export async function differingFiles(session: SshSession, files: readonly HostFile[]): Promise<DifferingFile[]> {
  const found = await statesOf(session, files);
  const differing: DifferingFile[] = [];
  for (const file of files) {
    const state = found.get(file.path);
    if (state === stateOf(file)) continue;
    const isKnown = state !== undefined && !file.secret;
    differing.push({ file, before: isKnown ? await contentOf(session, file) : undefined });
  }
  return differing;
}

/**
 * Puts a file on the host: it is written beside its place, and renamed into it, so that nobody ever reads half of one.
 * The content goes through standard input.
 */
export async function placeFile(session: SshSession, { content, owner, path, permissions }: HostFile): Promise<void> {
  const [place, fresh] = [quoted(path), quoted(`${path}.new`)];
  const script = `set -eu; umask 077; rm -f ${fresh}; cat >${fresh}; chown ${owner}:${owner} ${fresh}
chmod ${permissions} ${fresh}; sync ${fresh}; mv -f ${fresh} ${place}`;
  await succeed(session, script, { name: `${path} to be written on the data host`, input: content });
}

/** Runs a command that has to end well. @throws {PgtError} with the last line that it said */
export async function succeed(
  session: SshSession,
  command: string,
  { input, name, timeoutMs }: { readonly name: string; readonly input?: string; readonly timeoutMs?: number },
): Promise<{ readonly stdout: string }> {
  const options = { name, timeoutMs: timeoutMs ?? TIMEOUT_MS, ...(input !== undefined && { input }) };
  const { code, stderr, stdout } = await session.run(command, options);
  if (code === 0) return { stdout };
  const said = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
  throw new PgtError(`${name}: the command ended with ${code}${said === "" ? "" : `: ${said}`}`);
}

function stateOf({ content, owner, permissions }: HostFile): string {
  const digest = createHash("sha256").update(content).digest("hex");
  return `${permissions.replace(/^0/, "")} ${owner}:${owner} ${digest}`;
}

/** State by path, of those that are there. */
async function statesOf(session: SshSession, files: readonly HostFile[]): Promise<ReadonlyMap<string, string>> {
  const script = `while IFS= read -r path; do
  [ -f "$path" ] || continue
  digest=$(sha256sum <"$path")
  echo "$(stat -c '%a %U:%G' "$path") \${digest%% *} $path"
done`;
  const input = files.map(({ path }) => `${path}\n`).join("");
  const { stdout } = await succeed(session, script, { name: "a look at the data host's files", input });
  return new Map(
    stdout.split("\n").flatMap((line): [string, string][] => {
      const [mode, owner, digest, ...path] = line.split(" ");
      return mode === undefined || owner === undefined || digest === undefined
        ? []
        : [[path.join(" "), `${mode} ${owner} ${digest}`]];
    }),
  );
}

async function contentOf(session: SshSession, { path }: HostFile): Promise<string> {
  return (await succeed(session, `cat ${quoted(path)}`, { name: `a look at the data host's ${path}` })).stdout;
}
