import { isSecretName } from "../../../facts/from-plan/secret-variables.ts";
import { CONTAINERS, opensAddress } from "../../../topology/change/docker-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { KnownEdit, PropertyRule, ResourceTable } from "../../resource-table.ts";
import { hasLess, hasMore, listOf, objectOf, textOf } from "../edited-values.ts";
import { containerComes, containerGoes, containerMadeAnew } from "./container-fate.ts";
import { concernsDatabase, containerKind } from "./container-kind.ts";

const PROVIDER_ONLY: Effect = {
  label: "none",
  what: "only the provider reads it: the container goes on",
  source: CONTAINERS,
};

const IN_PLACE: Effect = { label: "none", what: "the container takes it while it goes on", source: CONTAINERS };

/** Of what Docker can't change in place. How much is lost with the container, the container's own line says. */
function anew(what: string, opens?: (edit: KnownEdit) => boolean): PropertyRule {
  const effect: Effect = {
    label: "restart",
    what: `the container is made anew with ${what}, and its sessions end`,
    source: CONTAINERS,
  };
  const opened: Effect = { ...effect, exposure: true, what: `${effect.what}; who could not reach or read it may then` };
  return {
    by: (edit) => {
      const told = opens?.(edit) === true ? opened : effect;
      return containerKind(edit.old) === "scheduler" ? { ...told, label: "none" } : told;
    },
    worst: opens === undefined ? effect : opened,
  };
}

const hasHost = ({ from, to }: KnownEdit): boolean => to !== from && textOf(to) === "host";
const isSet = ({ from, to }: KnownEdit): boolean => to === true && from !== true;

/** What is published from then on at an address that could not be reached before. */
function opensPort({ from, to }: KnownEdit): boolean {
  const addressOf = (port: unknown): string => textOf(objectOf(port).ip) || "0.0.0.0";
  return listOf(to).some((port) => {
    const same = listOf(from).filter((other) => objectOf(other).internal === objectOf(port).internal);
    return (
      !addressOf(port).startsWith("127.") &&
      same.every((other) => addressOf(other) !== addressOf(port) && opensAddress(addressOf(other), addressOf(port)))
    );
  });
}

/** A secret that is written in the open, where the state, `docker inspect` and the process list have it. */
function isOpenSecret({ from, to, name }: KnownEdit): boolean {
  return isSecretName(name) && from === undefined && typeof to === "string" && to !== "";
}

function joinsNetwork({ from, to }: KnownEdit): boolean {
  const names = (list: unknown): unknown[] => listOf(list).map((network) => objectOf(network).name);
  return names(to).some((name) => !names(from).includes(name));
}

/** What differs is what is there then; a limit that is taken away makes the container anew, which has a line of its own. */
const MEMORY: PropertyRule = IN_PLACE;

const MADE_ANEW: Readonly<Record<string, PropertyRule>> = {
  name: anew("another name"),
  image: anew("another image"),
  command: anew("another command"),
  entrypoints: anew("another entrypoint"),
  "envs.<name>": anew("other variables", isOpenSecret),
  hostname: anew("another host name"),
  domainname: anew("another domain name"),
  user: anew("another user"),
  workingDir: anew("another folder"),
  labels: anew("other labels"),
  // What lets others in by a file, the container's own line says: most files here are secret.
  uploads: anew("other files"),
  mounts: anew("other mounts"),
  volumes: anew("other volumes"),
  tmpfs: anew("other folders in memory"),
  storageOpts: anew("another storage"),
  ports: anew("other ports", opensPort),
  publishAllPorts: anew("all ports published, or not", isSet),
  networksAdvanced: anew("other networks", joinsNetwork),
  networkMode: anew("another network", hasHost),
  dns: anew("other name servers"),
  dnsOpts: anew("other name servers"),
  dnsSearches: anew("other name servers"),
  hosts: anew("other names of hosts"),
  cpus: anew("another number of processors"),
  cpuPeriod: anew("another share of processors"),
  cpuQuota: anew("another share of processors"),
  shmSize: anew("another amount of shared memory"),
  memoryReservation: anew("another reservation of memory"),
  ulimits: anew("other limits"),
  sysctls: anew("other kernel settings"),
  runtime: anew("another runtime"),
  platform: anew("another platform"),
  init: anew("another first process"),
  healthcheck: anew("another health check"),
  stopSignal: anew("another signal to stop"),
  stopTimeout: anew("another time to stop in"),
  logDriver: anew("another log"),
  logOpts: anew("another log"),
  readOnly: anew("a root that can be written to, or not"),
  tty: anew("a terminal, or none"),
  stdinOpen: anew("an open input, or none"),
  groupAdds: anew("other groups"),
  gpus: anew("other devices"),
  deviceRequests: anew("other devices"),
  deviceCgroupRules: anew("other devices", hasMore),
  devices: anew("other devices", hasMore),
  deviceReadBps: anew("another speed of devices"),
  deviceReadIops: anew("another speed of devices"),
  deviceWriteBps: anew("another speed of devices"),
  deviceWriteIops: anew("another speed of devices"),
  cgroupParent: anew("another control group"),
  cgroupnsMode: anew("another control group", hasHost),
  privileged: anew("all rights on the machine, or not", isSet),
  "capabilities.adds": anew("other rights", hasMore),
  "capabilities.drops": anew("other rights", hasLess),
  securityOpts: anew("other guards", hasLess),
  pidMode: anew("other processes in sight", hasHost),
  ipcMode: anew("other shared memory in sight", hasHost),
  usernsMode: anew("other users", hasHost),
};

/** A container: a server, a pooler, a scheduler of backups; anybody's, as far as its image tells. */
export const CONTAINER: ResourceTable = {
  concerns: concernsDatabase,
  named: { envs: "=" },
  properties: {
    ...MADE_ANEW,
    memory: MEMORY,
    memorySwap: MEMORY,
    cpuSet: IN_PLACE,
    cpuShares: IN_PLACE,
    restart: IN_PLACE,
    maxRetryCount: IN_PLACE,
    destroyGraceSeconds: PROVIDER_ONLY,
    attach: PROVIDER_ONLY,
    logs: PROVIDER_ONLY,
    mustRun: PROVIDER_ONLY,
    wait: PROVIDER_ONLY,
    waitTimeout: PROVIDER_ONLY,
    containerReadRefreshTimeoutMilliseconds: PROVIDER_ONLY,
    start: {
      by: ({ to }) =>
        to === false
          ? { label: "restart", what: "a container that is made is not started", source: CONTAINERS }
          : PROVIDER_ONLY,
      worst: { label: "restart", what: "a container that is made may not be started", source: CONTAINERS },
    },
    rm: { ...PROVIDER_ONLY, what: "a container that ends is removed, or not: the one that runs goes on" },
    removeVolumes: {
      by: ({ to }) => ({
        ...PROVIDER_ONLY,
        what: `what lies on volumes without a name ${to === false ? "stays" : "goes"} when the container is made anew`,
      }),
      worst: PROVIDER_ONLY,
    },
  },
  unlisted: "restart",
  created: containerComes,
  deleted: containerGoes,
  replaced: containerMadeAnew,
};
