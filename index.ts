import { createTopology } from "./components/create-topology.ts";
import { loadConfig } from "./config/load.ts";

/** The program of every stack: run by a plain `pulumi up` as it stands here, and inline by `pgt up`. */
export const { topology, outputs, delivery, authSecret } = await createTopology(loadConfig());
