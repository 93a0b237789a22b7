import * as docker from "@pulumi/docker";
import { delimiter, join, resolve } from "node:path";
import { createContext } from "../cli/context.ts";
import { setUpMachine } from "../cli/stack/machine-parts.ts";
import { makeStandInStack, type StandInStack } from "../tests/integration/docker-provider/stand-in-stack.ts";

const ROOT = resolve(import.meta.dirname, "..");
const CONTAINERS = 8;

/** The folder of the policy pack. */
export const POLICY_PACK = join(ROOT, "policies");

/** A container that no requirement stops. */
const GOOD: Partial<docker.ContainerArgs> & { image: string } = {
  image: `sha256:${"0a".repeat(32)}`,
  user: "postgres",
  securityOpts: ["no-new-privileges"],
  capabilities: { drops: ["ALL"] },
  healthcheck: { tests: ["CMD", "pg_isready"] },
  stopSignal: "SIGINT",
  stopTimeout: 60,
};

/** A stack of eight containers that was never made, with the real engine, to be previewed. */
export async function makeContainerStack(): Promise<StandInStack> {
  const { engine } = await setUpMachine(createContext(), undefined);
  process.env.PGT_TEST_PULUMI = engine.command;
  if (engine.env.DOCKER_HOST !== undefined) process.env.DOCKER_HOST = engine.env.DOCKER_HOST;
  process.env.PATH = [join(ROOT, "tools/policy-analyzer"), process.env.PATH ?? ""].join(delimiter);
  process.env.PGT_NODE = process.execPath;
  return makeStandInStack(() => {
    for (let number = 0; number < CONTAINERS; number++) {
      const name = `bench-${number}`;
      new docker.Container(name, { ...GOOD, name, volumes: [{ containerPath: "/data", volumeName: name }] });
    }
    return Promise.resolve();
  });
}
