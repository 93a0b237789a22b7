import { buffer } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { pack } from "tar-stream";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { PATHS } from "../../rendering/paths.ts";
import { renderPostgresqlConf } from "../../rendering/postgresql-conf.ts";
import { LABELS } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import { lastLogLines } from "./container-exec.ts";

/**
 * Lets PostgreSQL itself read the configuration, in a container of its own, before any server gets it: a parameter that
 * it does not know, or a value that it can't read, would keep a server from starting that runs well now.
 * @see https://www.postgresql.org/docs/17/app-postgres.html (-C)
 * @throws {PgtError} exit code 2, with the server's own words
 */
export async function checkParameters(docker: Dockerode, topology: ResolvedDocker, imageId: string): Promise<void> {
  const container = await docker.createContainer({
    Image: imageId,
    Cmd: ["postgres", "-C", "server_version", `--config-file=${PATHS.postgresqlConf}`],
    // The image's own is a volume's, and is not there.
    Env: ["PGDATA=/tmp"],
    Labels: { [LABELS.stack]: topology.name, [LABELS.part]: "check" },
    HostConfig: { NetworkMode: "none" },
  });
  try {
    const archive = pack();
    archive.entry(
      { name: PATHS.postgresqlConf.slice(1), mode: 0o644 },
      renderPostgresqlConf(topology, topology.primary),
    );
    archive.finalize();
    await container.putArchive(await buffer(archive), { path: "/" });
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    if (StatusCode === 0) return;
    const said = (await lastLogLines(docker, container.id, 20))
      .split("\n")
      .filter((line) => /LOG:|FATAL:/.test(line) && !line.includes("skipping missing"));
    throw new PgtError(`PostgreSQL refuses the configuration:\n${said.map((line) => `  ${line}`).join("\n")}`, {
      exitCode: EXIT.usage,
      fix: [`Correct "parameters" below ${TOPOLOGY_KEY}; nothing was changed.`],
    });
  } finally {
    await container.remove({ force: true });
  }
}
