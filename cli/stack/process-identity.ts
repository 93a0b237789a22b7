import { readFile } from "node:fs/promises";
import { hostname } from "node:os";

/** A process on a host, told from a later one that got the same number. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Start time in clock ticks since boot (field 22 of /proc/<pid>/stat); undefined where there is no /proc. */
  readonly startTicks?: string | undefined;
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { host: hostname(), pid: process.pid, startTicks: await startTicks(process.pid) };
}

/** True only when the process is provably gone: on this host, and no process of that number and start time. */
export async function isProvablyDead(identity: ProcessIdentity): Promise<boolean> {
  if (identity.host !== hostname()) return false;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  if (identity.startTicks === undefined) return false;
  // No ticks where there had been some: a zombie, which nobody has buried yet.
  return (await startTicks(identity.pid)) !== identity.startTicks;
}

/** Whether no process of that number runs on this host; a zombie is none. */
export async function isGone(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat !== "" && (await startTicks(pid)) === undefined;
}

/** When a process started; undefined when that can't be known. A zombie counts as gone. */
export async function startTicks(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything, so fields are counted from the last one: state, …, start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
