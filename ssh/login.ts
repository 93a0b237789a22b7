import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { EXIT, PgtError } from "../kernel/errors.ts";

/** What a person shows to the host: an agent that has keys, or a key. */
export type SshLogin = { readonly agent: string } | { readonly privateKey: string };

/** Names a private key's file, which goes before an agent. */
const SSH_KEY_VARIABLE = "PGT_SSH_KEY";
/** As OpenSSH looks for them, the strongest first. */
const USUAL_KEYS = ["id_ed25519", "id_ecdsa", "id_rsa"];

/** Finds a login: the key that was named, an agent, or a key at its usual place. @throws {PgtError} exit code 2 */
export async function findLogin(env: Readonly<Record<string, string | undefined>>): Promise<SshLogin> {
  const named = env[SSH_KEY_VARIABLE];
  if (named !== undefined && named !== "") return { privateKey: await readKey(named) };
  if (env.SSH_AUTH_SOCK !== undefined && env.SSH_AUTH_SOCK !== "") return { agent: env.SSH_AUTH_SOCK };
  for (const name of USUAL_KEYS) {
    const file = join(env.HOME ?? homedir(), ".ssh", name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined && !(ssh2.utils.parseKey(text) instanceof Error)) return { privateKey: text };
  }
  throw new PgtError("there is no SSH key to log in to the data host with", {
    exitCode: EXIT.usage,
    fix: [`Load one into an agent (ssh-add), or name its file in ${SSH_KEY_VARIABLE}.`],
  });
}

async function readKey(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw refused(file, (error as NodeJS.ErrnoException).code ?? "it can't be read", "Name a private key's file.");
  });
  const parsed = ssh2.utils.parseKey(text);
  if (!(parsed instanceof Error)) return text;
  const isLocked = /passphrase/i.test(parsed.message);
  const fix = isLocked ? "Load it into an agent (ssh-add), and unset the variable." : "Name a private key's file.";
  throw refused(file, isLocked ? "it has a passphrase" : "it holds no private key", fix);
}

function refused(file: string, why: string, fix: string): PgtError {
  return new PgtError(`${SSH_KEY_VARIABLE} names ${file}: ${why}`, { exitCode: EXIT.usage, fix: [fix] });
}
