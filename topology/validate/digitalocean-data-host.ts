import { modeIssues } from "./mode.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import type { TopologySpec } from "../spec.ts";

/** What only a server of the stack's own has: the platform decides it of the cluster. */
const OF_THE_DATA_HOST: Readonly<Record<string, (spec: TopologySpec) => string | number | undefined>> = {
  "storage.maxSlotWalKeepMiB": ({ storage }) => storage?.maxSlotWalKeepMiB,
  "pooling.readerPoolSize": ({ pooling }) => pooling?.readerPoolSize,
  "pooling.maxClients": ({ pooling }) => pooling?.maxClients,
  "pooling.maxPreparedStatements": ({ pooling }) => pooling?.maxPreparedStatements,
  "backup.location": ({ backup }) => backup?.location,
  "backup.archiveTimeoutSeconds": ({ backup }) => backup?.archiveTimeoutSeconds,
  "access.ssh": ({ access }) => access?.ssh && "keys and sources",
  "tls.minProtocolVersion": ({ tls }) => tls?.minProtocolVersion,
};

const fieldHasADataHost: DigitalOceanRule = ({ dataHost }, spec) => {
  if (dataHost !== undefined) return [];
  return Object.entries(OF_THE_DATA_HOST).flatMap(([where, valueOf]) => {
    const value = valueOf(spec);
    if (value === undefined) return [];
    return [
      {
        where,
        got: String(value),
        want: "not to be set without data",
        because: "it is about the data host; of the cluster, the platform decides it",
        fix: "remove it, or set data",
      },
    ];
  });
};

/** What goes with a data host. */
export const DIGITALOCEAN_DATA_HOST_RULES = {
  fieldHasADataHost,
  modeHasTwoDatabases: (_topology, spec) => modeIssues(spec),
} satisfies Readonly<Record<string, DigitalOceanRule>>;
