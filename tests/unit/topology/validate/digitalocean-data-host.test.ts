import { describe } from "mocha";
import { DIGITALOCEAN_DATA_HOST_RULES } from "../../../../topology/validate/digitalocean-data-host.ts";
import {
  DATA_HOST,
  type DigitalOceanCase,
  type DigitalOceanWish,
  SSH,
  testDigitalOceanRules,
} from "../../../support/digitalocean-cases.ts";

/** A field that is the data host's, with one and without. */
function ofTheDataHost(where: string, got: string, wish: DigitalOceanWish): DigitalOceanCase {
  return {
    title: `${where} without a data host`,
    good: { ...DATA_HOST, ...wish },
    bad: wish,
    text: `${where}
    got: ${got}
    want: not to be set without data
    because: it is about the data host; of the cluster, the platform decides it
    fix: remove it, or set data`,
  };
}

const CASES: Record<keyof typeof DIGITALOCEAN_DATA_HOST_RULES, readonly DigitalOceanCase[]> = {
  fieldHasADataHost: [
    ofTheDataHost("storage.maxSlotWalKeepMiB", "1024", { storage: { maxSlotWalKeepMiB: 1024 } }),
    ofTheDataHost("pooling.readerPoolSize", "5", { pooling: { readerPoolSize: 5 } }),
    ofTheDataHost("pooling.maxClients", "200", { pooling: { maxClients: 200 } }),
    ofTheDataHost("pooling.maxPreparedStatements", "50", { pooling: { maxPreparedStatements: 50 } }),
    ofTheDataHost("backup.location", "fra1", { backup: { location: "fra1" } }),
    ofTheDataHost("backup.archiveTimeoutSeconds", "30", { backup: { archiveTimeoutSeconds: 30 } }),
    ofTheDataHost("access.ssh", "keys and sources", { access: { ssh: SSH } }),
    ofTheDataHost("tls.minProtocolVersion", "TLSv1.2", { tls: { minProtocolVersion: "TLSv1.2" } }),
  ],
  modeHasTwoDatabases: [
    {
      title: "a choice between two databases where there is one",
      good: { ...DATA_HOST, mode: "single" },
      bad: { mode: "single" },
      text: `mode
    got: single
    want: not to be set without data
    because: there is one database, and applications are told of it
    fix: set data, or remove it`,
    },
  ],
};

describe("what goes with a data host on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_DATA_HOST_RULES, CASES);
});
