import { cloudName } from "../../topology/names.ts";
import { managedServersOf, type ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { instancesOf, type ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { ResolvedCloud } from "./update-cloud.ts";

/** Why something is not done, after "stack <name> is", and what to do. */
interface Refusal {
  readonly why: string;
  readonly fix: readonly string[];
}

/** What there is to say of the removal of a stack in a cloud. */
export interface RemovalWords {
  /** Without --delete-data. */
  readonly dataGoes: Refusal;
  /** With --delete-backups. */
  readonly backupsOutlive: Refusal;
  /** What is removed, after "This DELETES for good:". */
  readonly goes: string;
  /** What is left where keepData is true, a line each. */
  readonly stays: readonly string[];
}

const MEAN_IT = "Add --delete-data when you mean it.";

/** @param suffix of the stack's names */
export function removalWords(topology: ResolvedCloud, suffix: string): RemovalWords {
  return topology.target === "gcp" ? onCloudSql(topology, suffix) : onDigitalOcean(topology, suffix);
}

function onCloudSql(topology: ResolvedGcp, suffix: string): RemovalWords {
  const { backup, name, protection, stack } = topology;
  const instances = instancesOf(topology).map(({ part }) => part);
  return {
    dataGoes: {
      why: "on Cloud SQL, where an instance goes with its data",
      fix: [`${MEAN_IT} Backups stay as the stack's keepData and protection say.`],
    },
    backupsOutlive: {
      why: "on Cloud SQL, where backups that outlive an instance are the project's",
      fix: [
        `To keep none, set keepData to false in its file and run "./pgt up --stack ${stack}" before "./pgt down".`,
        "Those that are there already end by themselves; or remove them with `gcloud sql backups delete`.",
      ],
    },
    goes: `the instances ${instances.join(", ")} of ${name} with their data, the network and the service`,
    stays: [
      `the primary's backups, with a last one for ${protection.finalBackupDays} days: gcloud sql backups list`,
      ...(backup?.secondCopy === undefined ? [] : [`the exports in gs://${cloudName(stack, "exports", suffix)}`]),
    ],
  };
}

function onDigitalOcean(topology: ResolvedDigitalOcean, suffix: string): RemovalWords {
  const { dataHost, keepData, name, stack } = topology;
  const named = (role: string): string => cloudName(stack, role, suffix);
  const managed = managedServersOf(topology).map(({ part }) => named(part));
  const data =
    dataHost === undefined ? [] : [`the volume ${named("data")}, with the data database: doctl compute volume list`];
  const bucket =
    dataHost?.bucketRegion === undefined ? [] : [`the bucket ${named("backups")}, with backups and exports`];
  const host = dataHost === undefined ? "" : `the Droplet ${named("data-host")}, `;
  return {
    dataGoes: {
      why: "on DigitalOcean, where a cluster goes with its data and its backups",
      fix: [`${MEAN_IT} With keepData, cluster, volume and bucket are let go of, not removed: they go on, and cost.`],
    },
    backupsOutlive: {
      why: "on DigitalOcean, where the bucket is removed by hand",
      fix: ["Remove it in the platform's console when you mean it, with every version in it."],
    },
    goes: keepData
      ? `${host}the firewalls and the network of ${name}, and nothing with data in it`
      : `${managed.join(", ")} of ${name} with their data and backups, ${host}its volume and the network`,
    stays: [`the cluster ${managed.join(", ")}, which goes on and costs: doctl databases list`, ...data, ...bucket],
  };
}
