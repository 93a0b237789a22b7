import { cp, mkdir, mkdtemp, readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/**
 * A folder with what images/verify/Dockerfile copies, where it copies it, and the packages of the project without those
 * that it removes: what the image has, but for the system below.
 */
export async function verificationImageFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pgt-verification-image-"));
  const dockerfile = await readFile(join(ROOT, "images/verify/Dockerfile"), "utf8");
  for (const [, places = ""] of dockerfile.matchAll(/^COPY (.+)$/gm)) {
    const sources = places.split(" ");
    const to = sources.pop() ?? "";
    for (const source of sources) {
      const target = to.endsWith("/") ? join(to, source) : to;
      await cp(join(ROOT, source), join(folder, target), { recursive: true });
    }
  }
  const { dependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const removed = [...dockerfile.matchAll(/rm -rf node_modules\/(\S+)/g)].map(([, path]) => path ?? "");
  const kept = Object.keys(dependencies).filter((name) => !removed.some((path) => `${name}/`.startsWith(`${path}/`)));
  for (const name of kept) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, "node_modules", name), link);
  }
  return folder;
}
