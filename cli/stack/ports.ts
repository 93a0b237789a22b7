import { readdir, readFile, readlink } from "node:fs/promises";
import { createServer } from "node:net";
import type Dockerode from "dockerode";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { databasesOf, type ResolvedDocker } from "../../topology/resolved-docker.ts";
import { publishedPorts } from "../../topology/published-ports.ts";
import { listContainers } from "./containers.ts";

/**
 * Refuses ports that something else holds, naming the port and who holds it.
 * A port that a container of this stack publishes is ours.
 */
export async function requireFreePorts(docker: Dockerode, stack: ResolvedDocker): Promise<void> {
  const containers = await Promise.all(databasesOf(stack).map(({ topology }) => listContainers(docker, topology.name)));
  const own = new Set(containers.flat().flatMap(({ ports }) => ports.map((p) => p.published)));
  const busy: string[] = [];
  const fix: string[] = [];
  for (const { port, where } of publishedPorts(stack)) {
    if (own.has(port) || (await isFree(port, stack.address))) continue;
    busy.push(`port ${port} (${where}) is taken by ${await holderOf(docker, port)}`);
    fix.push(`Stop it, or set ${where} to another port.`);
  }
  if (busy.length > 0) throw new PgtError(busy.join("\n"), { exitCode: EXIT.failed, fix });
}

async function isFree(port: number, address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EADDRNOTAVAIL") reject(notOurs(address));
      else reject(error);
    });
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function notOurs(address: string): PgtError {
  return new PgtError(`ports.address is ${address}, which is no address of this machine`, {
    exitCode: EXIT.usage,
    fix: ["Use 127.0.0.1, 0.0.0.0, or an address that the machine has."],
  });
}

async function holderOf(docker: Dockerode, port: number): Promise<string> {
  for (const container of await docker.listContainers()) {
    if (container.Ports.some(({ PublicPort }) => PublicPort === port)) {
      return `container ${container.Names[0]?.replace(/^\//, "") ?? container.Id}`;
    }
  }
  return (await processListeningOn(port)) ?? "another program";
}

/** /proc/net/tcp gives the socket's inode, and /proc/<pid>/fd whose it is; others' processes show to root only. */
async function processListeningOn(port: number): Promise<string | undefined> {
  const inodes = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const lines = (await readFile(table, "utf8").catch(() => "")).split("\n").slice(1);
    for (const line of lines) {
      const fields = line.trim().split(/\s+/);
      const local = fields[1]?.split(":").at(-1);
      if (fields[3] === "0A" && local !== undefined && Number.parseInt(local, 16) === port) inodes.add(fields[9] ?? "");
    }
  }
  for (const pid of (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "");
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      const name = (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "a process")).trim();
      return `${name} (process ${pid})`;
    }
  }
  return undefined;
}
