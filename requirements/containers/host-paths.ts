/** The sockets of container engines, wherever they are. */
export const SOCKET = /\/(docker|containerd|podman|crio)\.sock\/?$/;

/** Folders of the host that give it away with everything below them. */
const TREES = ["/boot", "/dev", "/proc", "/root", "/sys", "/var/lib/containerd", "/var/lib/docker"];
/** Folders that give it away, of which a folder below may be an application's own. */
const FOLDERS = ["/", "/etc", "/home", "/lib", "/run", "/usr", "/var", "/var/run"];
/** Files of /etc that hold, or decide, who is let in. */
const OF_ETC =
  /^\/etc\/(passwd|shadow|group|gshadow|sudoers(\.d)?|ssh|ssl\/private|docker|kubernetes|systemd|cron[.\w]*)(\/|$)/;

/** True when a container that has this path of the host can read its secrets, or change it. Sockets are told elsewhere. */
export function opensHost(path: string): boolean {
  const plain = normal(path);
  if (SOCKET.test(plain)) return false;
  return (
    FOLDERS.includes(plain) ||
    OF_ETC.test(plain) ||
    TREES.some((tree) => plain === tree || plain.startsWith(`${tree}/`))
  );
}

/** Without `.`, `..` and slashes that say nothing. */
function normal(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return `/${steps.join("/")}`;
}
