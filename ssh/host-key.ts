import { createHash } from "node:crypto";
import { EXIT, PgtError } from "../kernel/errors.ts";

/** A host key's fingerprint, as `ssh-keygen -lf` writes it: `SHA256:` and base64 without padding. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replaceAll("=", "")}`;
}

/** Another host, or somebody in between: nothing was sent, and no further try would change it. */
export class StrangeHostError extends PgtError {}

/** What is said of a host that shows another key. */
export function strangeHost(
  { host, hostKey, port }: { readonly host: string; readonly port: number; readonly hostKey: string | undefined },
  shown: string,
): StrangeHostError {
  return new StrangeHostError(
    `the host at ${host}:${port} shows the key ${shown}, and showed ${hostKey ?? "none"} before: nothing was sent to it`,
    {
      exitCode: EXIT.couldNotCheck,
      fix: [
        "Compare it in the cloud's console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
        "If the host was made anew, remove pgtopology:data-host-key from the stack's configuration.",
      ],
    },
  );
}
