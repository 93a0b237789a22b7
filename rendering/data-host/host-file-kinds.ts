import type { HostFile } from "./host-file.ts";

/** A file of the server's user that everybody may read. */
export function openFile(path: string, content: string): HostFile {
  return { path, content, secret: false, permissions: "0644", owner: "postgres" };
}

/** A file that nobody but the server's user may read. */
export function secretFile(path: string, content: string): HostFile {
  return { path, content, secret: true, permissions: "0600", owner: "postgres" };
}

/** A file of the system's own that everybody may read. */
export function systemFile(path: string, content: string): HostFile {
  return { path, content, secret: false, permissions: "0644", owner: "root" };
}

/** A program of the system's own that everybody may run. */
export function programFile(path: string, content: string): HostFile {
  return { path, content, secret: false, permissions: "0755", owner: "root" };
}
