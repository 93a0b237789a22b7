// What every target hands to others has the same fields and kinds. It does not prove that anybody answers at these
// addresses, or that a certificate is good for them: the live verification does.
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { z } from "zod";
import type { Endpoint, TopologyOutputs } from "../../topology/contract.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { valueOf } from "../support/planned-resources.ts";
import { planOf, TARGETS } from "./targets.ts";

/** Every key is named, whether or not its value may be missing: `undefined` is written down, and not left out. */
function every<T>(shape: { readonly [K in keyof Required<T>]: z.ZodType<T[K]> }) {
  return z
    .strictObject(shape)
    .refine((value) => Object.keys(shape).every((key) => Object.hasOwn(value as object, key)), {
      message: `every one of ${Object.keys(shape).join(", ")}`,
    });
}

const text = z.string().min(1);
const endpoint = every<Endpoint>({ host: text, port: z.int().min(1).max(65_535) });

const oneDatabase = {
  name: text,
  target: z.enum(["docker", "gcp", "digitalocean"]),
  environment: z.enum(["local", "staging", "prod"]),
  version: z.int(),
  database: text,
  writer: endpoint,
  readers: z.record(text, endpoint),
  pooled: every<NonNullable<TopologyOutputs["pooled"]>>({
    host: text,
    port: z.int().min(1).max(65_535),
    writerPool: text,
    readerPool: text.or(z.undefined()),
  }).or(z.undefined()),
  caCertificate: text,
  tlsMode: z.enum(["verify-full", "verify-ca"]),
  pending: z.array(text),
};

const contract = every<TopologyOutputs>({
  ...oneDatabase,
  data: every<Omit<TopologyOutputs, "data">>(oneDatabase).or(z.undefined()),
});

/** Whether clients connect to a pooler; one that stands beside each client is none of the topology's addresses. */
function hasPooler({ pooling }: ResolvedTopology): boolean {
  return pooling !== undefined && !("kind" in pooling && pooling.kind === "sidecar");
}

for (const [target, { wishes }] of Object.entries(TARGETS)) {
  describe(`the outputs on ${target}`, () => {
    for (const [title, spec] of Object.entries(wishes)) {
      it(`are the whole contract, and nothing else, with ${title}`, async () => {
        const { result, topology } = await planOf(spec);
        const outputs = await valueOf(pulumi.output(result.outputs));
        assert.deepEqual(contract.safeParse(outputs).error?.issues ?? [], []);
        const { database, environment, name, version } = topology;
        assert.deepEqual(
          [outputs.name, outputs.target, outputs.environment, outputs.version, outputs.database],
          [name, target, environment, version, database],
        );
        assert.deepEqual(Object.keys(outputs.readers).sort(), Object.keys(spec.replicas ?? {}).sort());
        assert.equal(outputs.pooled !== undefined, hasPooler(topology));
        assert.equal(outputs.data === undefined, spec.data === undefined);
      });

      it(`are what the component registers, which policies read, with ${title}`, async () => {
        const { registered, result, topology } = await planOf(spec);
        const { outputs } = registered[topology.name] as { outputs: unknown };
        assert.deepEqual(outputs, JSON.parse(JSON.stringify(await valueOf(pulumi.output(result.outputs)))));
      });
    }
  });
}
