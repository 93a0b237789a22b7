import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type Docker from "dockerode";
import { lastLogLines } from "../../cli/stack/container-exec.ts";
import { putFiles } from "./container-files.ts";

/**
 * What psql, and so libpq, makes of a connection in one line: run in a container of the image on this machine's network,
 * with the certificate where the line says.
 */
export async function psqlWithUrl(
  docker: Docker,
  image: string,
  { url, sql }: { url: string; sql: string },
): Promise<{ readonly code: number; readonly said: string }> {
  const container = await docker.createContainer({
    name: `pgt-test-psql-${randomBytes(4).toString("hex")}`,
    Image: image,
    Cmd: ["sh", "-c", 'psql "$URL" -XAtc "$SQL"'],
    Env: [`URL=${url}`, `SQL=${sql}`],
    HostConfig: { NetworkMode: "host" },
  });
  try {
    const path = new URL(url).searchParams.get("sslrootcert");
    if (path !== null) {
      const content = await readFile(path, "utf8");
      await putFiles(container, [{ path, content, secret: false, permissions: "0644" }]);
    }
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    return { code: StatusCode, said: await lastLogLines(docker, container.id, 20) };
  } finally {
    await container.remove({ force: true });
  }
}
