import type { DockerEngine } from "./docker-engine.ts";

/** What the engine knows of the image, `undefined` when it has none of that name. */
export async function inspectImage(
  engine: DockerEngine,
  name: string,
): Promise<{ id: string; labels: Readonly<Record<string, string>> } | undefined> {
  try {
    const { Id, Config } = await engine.docker.getImage(name).inspect();
    // An image that was imported has no labels, which the library's types deny.
    const labels = Config.Labels as Record<string, string> | null | undefined;
    return { id: Id, labels: labels ?? {} };
  } catch (error) {
    if (error instanceof Error && "statusCode" in error && error.statusCode === 404) return undefined;
    throw error;
  }
}
