import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parseTopology } from "../config/parse.ts";
import type { CommandContext } from "../cli/context.ts";
import { lackingSecrets, makeSecrets } from "../cli/stack/new-secrets.ts";
import { placeOf } from "../cli/stack/place.ts";
import { requireDocker } from "../cli/stack/require-docker.ts";
import { secretsOf } from "../cli/stack/stored-secrets.ts";
import { PgtError } from "../kernel/errors.ts";
import { containersOf } from "../rendering/containers.ts";
import { filesOf } from "../rendering/files.ts";
import { freshDatabaseObject } from "../roles/observed.ts";
import { planRoles } from "../roles/plan.ts";
import { scramVerifier } from "../roles/scram.ts";
import { quoteLiteral, SECRET_SETTING, type Step } from "../roles/step.ts";
import { MAINTENANCE_DATABASE } from "../roles/wanted.ts";
import { wantedOnDocker } from "../roles/wanted-on-docker.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import type { TopologySecrets } from "../topology/secrets.ts";
import type { TestStack } from "../tests/support/test-stack.ts";

/** Writes what hand-written.sh puts into containers and server, and returns its environment. Nothing of it is timed. */
export async function prepareHandWritten(
  context: CommandContext,
  stack: TestStack,
  imageId: string,
): Promise<NodeJS.ProcessEnv> {
  const topology = requireDocker(parseTopology(stack.spec, stack.name, stack.configFile), "the hand-written script");
  const now = new Date();
  const nothing = new Map<string, string>();
  const owner = { prefix: "", topology };
  const { plain, secret } = await makeSecrets(lackingSecrets(nothing, owner, now), nothing, owner, now);
  const { secrets } = secretsOf(new Map([...plain, ...secret]), topology, placeOf(context, { stack: stack.name }));
  const folder = join(stack.stateDir, "files");
  for (const { part } of containersOf(topology)) {
    for (const file of filesOf<string>(topology, part, secrets, (value, write) => write(value))) {
      const path = join(folder, part, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.content);
      await chmod(path, parseInt(file.permissions, 8));
    }
  }
  await writeFile(join(folder, "roles.sql"), rolesScript(topology, secrets.passwords), { mode: 0o600 });
  return {
    NAME: topology.name,
    IMAGE: imageId,
    FILES: folder,
    PRIMARY_PORT: String(topology.primary.port),
    REPLICA_PORT: String(topology.replicas[0]?.port),
    POOLER_PORT: String(topology.pooling?.port),
  };
}

/** The role plan of a server that has nothing yet, as a script for psql; transactions as `pgt up` makes them. */
function rolesScript(topology: ResolvedDocker, passwords: TopologySecrets["passwords"]): string {
  const postgres = freshDatabaseObject(MAINTENANCE_DATABASE, MAINTENANCE_DATABASE, "postgres");
  const empty = { roles: [], memberships: [], settings: [], objects: [postgres], slots: [] };
  const steps = planRoles(
    wantedOnDocker(topology),
    { cluster: empty, application: undefined },
    { of: passwords, verifierOf: scramVerifier },
  );
  const lines: string[] = [];
  let last: Step | undefined;
  for (const step of steps) {
    if (last === undefined || last.alone || step.alone || last.database !== step.database) {
      if (last !== undefined && !last.alone) lines.push("COMMIT;");
      if (last?.database !== step.database) lines.push(`\\connect ${step.database}`);
      if (!step.alone) lines.push("BEGIN;");
    }
    if (step.secret !== undefined) {
      lines.push(`SELECT set_config('${SECRET_SETTING}', ${quoteLiteral(step.secret)}, true);`);
    }
    lines.push(`${step.sql};`);
    last = step;
  }
  if (last !== undefined && !last.alone) lines.push("COMMIT;");
  return `${lines.join("\n")}\n`;
}

/** Fields by container, by its part. */
export type DescribedContainers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What is compared of each container: everything that costs time to make, start or be healthy. */
export async function describeContainers(stack: TestStack): Promise<DescribedContainers> {
  const filters = { label: [`pgtopology.stack=${stack.topologyName}`] };
  const described: Record<string, Record<string, unknown>> = {};
  for (const { Id, Labels } of await stack.docker.listContainers({ all: true, filters })) {
    const { Config, HostConfig, Mounts, Image } = await stack.docker.getContainer(Id).inspect();
    const health = Config.Healthcheck;
    described[Labels["pgtopology.part"] ?? Id] = {
      image: Image,
      command: Config.Cmd,
      environment: Config.Env.toSorted(),
      // A shell runs the hand-written one.
      health: { ...health, Test: health?.Test?.slice(1).join(" ") },
      user: Config.User,
      memory: [HostConfig.Memory, HostConfig.MemorySwap, HostConfig.ShmSize, HostConfig.NanoCpus],
      mounts: Mounts.map(({ Name, Destination, RW }) => [Name?.replace(stack.topologyName, ""), Destination, RW])
        .map(String)
        .toSorted(),
      tmpfs: HostConfig.Tmpfs,
      hardening: [HostConfig.CapDrop, HostConfig.SecurityOpt, HostConfig.Init],
      ports: Object.keys(HostConfig.PortBindings as object),
    };
  }
  return described;
}

/** Two ways that make different things can't be compared. */
export function requireSame(handWritten: DescribedContainers, pgt: DescribedContainers): void {
  const different: string[] = [];
  for (const part of new Set([...Object.keys(handWritten), ...Object.keys(pgt)])) {
    const [left = {}, right = {}] = [handWritten[part], pgt[part]];
    for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (!isDeepStrictEqual(left[field], right[field])) different.push(`${part}: ${field}`);
    }
  }
  if (different.length === 0) return;
  throw new PgtError(`what bench/hand-written.sh makes differs from what pgt up makes: ${different.join(", ")}`, {
    fix: ["Change the script to what components/docker/container-args.ts says."],
  });
}
