import { access } from "node:fs/promises";

/** Whether something is at the path, and can be seen. */
export async function fileExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
