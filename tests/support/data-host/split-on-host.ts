import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CommandContext } from "../../../cli/context.ts";
import type { DigitalOceanWorld } from "../../../cli/stack/open-digitalocean.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { answersOf } from "../digitalocean-answers.ts";
import { digitalOceanWorld } from "../digitalocean-world.ts";
import { listen } from "../listening-context.ts";
import { type PretendDigitalOcean, startPretendDigitalOcean } from "../pretend-digitalocean-api.ts";
import { type DataHost, EXPORTED } from "./running-host.ts";

/** A split whose data host is the machine of a test, and whose managed primary is the exported database beside it. */
export interface SplitOnHost {
  /** As a command has it; with another signal where it is to be interrupted. */
  readonly contextWith: (signal?: AbortSignal) => CommandContext;
  /** What was said to a person. */
  readonly said: readonly string[];
  readonly world: DigitalOceanWorld;
  readonly api: PretendDigitalOcean;
  /** For what a test writes. */
  readonly folder: string;
  readonly end: () => Promise<void>;
}

const SPEC = { target: "digitalocean", region: "nyc3", data: {} } as const;
const TOKEN = "dop_v1_marker51c7";

/** @param host after its first delivery, with the exported database on it */
export async function splitOnHost({
  caCertificate,
  machine,
  passwords,
  place,
  sshKey,
}: DataHost): Promise<SplitOnHost> {
  const folder = await mkdtemp(path.join(tmpdir(), "pgt-test-split-"));
  const api = await startPretendDigitalOcean();
  const keyFile = path.join(folder, "id_ed25519");
  await writeFile(keyFile, sshKey, { mode: 0o600 });
  // The first visit writes the host's key into it.
  await writeFile(path.join(folder, "Pulumi.split.yaml"), "config: {}\n");
  const env = {
    PGT_SSH_KEY: keyFile,
    DIGITALOCEAN_TOKEN: TOKEN,
    DIGITALOCEAN_API_URL: api.baseUrl,
    PATH: process.env.PATH,
  };
  const { context, err } = listen({ root: folder, env });
  // Nothing pools in front of what stands for the managed primary.
  const topology = { ...resolveTopology(SPEC, "split"), pooling: undefined };
  const ids = { clusterId: "c1", replicaIds: {}, dropletId: "4711" };
  for (const [at, body] of answersOf(topology, ids, new Date())) api.answers.set(at, body);
  const told = digitalOceanWorld(placeOf(context, { stack: "split" }));
  const at = (port: number) => ({ host: machine.address, port });
  const { data } = told.outputs;
  const { dataHost } = told.delivery;
  const { administrator, owner, readWrite, readOnly, monitoring } = passwords;
  const world: DigitalOceanWorld = {
    ...told,
    topology,
    outputs: {
      ...told.outputs,
      database: EXPORTED.database,
      writer: at(5432),
      pooled: undefined,
      caCertificate,
      data: data && {
        ...data,
        writer: at(5432),
        pooled: data.pooled && { ...data.pooled, ...at(6432) },
        caCertificate,
      },
    },
    delivery: {
      ...told.delivery,
      passwords: { administrator, owner, readWrite, readOnly, monitoring },
      dataHost: dataHost && { ...dataHost, publicAddress: machine.address, privateAddress: machine.address },
    },
    dataSecrets: told.dataSecrets && { ...told.dataSecrets, passwords },
  };
  if (place.exported === undefined) throw new Error("a host of a test exports a database");
  return {
    contextWith: (signal = context.signal) => ({ ...context, signal }),
    said: err,
    world,
    api,
    folder,
    end: async () => {
      api.end();
      await rm(folder, { recursive: true });
    },
  };
}
