import {
  boolean,
  duration,
  integer,
  labels,
  listOfText,
  map,
  setOfText,
  text,
  type Label,
  type ResourceInputShape,
  type ResourceShape,
  type Shape,
} from "../property-shape.ts";

const ports: Shape = {
  kind: "list",
  of: {
    kind: "object",
    properties: {
      internal: { shape: integer, required: true },
      external: { shape: integer },
      ip: { shape: text, default: "0.0.0.0" },
      protocol: { shape: text, default: "tcp" },
    },
  },
};

const mounts: Shape = {
  kind: "set",
  key: "target",
  of: {
    kind: "object",
    properties: {
      target: { shape: text, required: true },
      type: {
        shape: { kind: "string", pattern: /^(?:bind|volume|tmpfs)$/u, says: "bind, volume or tmpfs" },
        required: true,
      },
      source: { shape: text },
      readOnly: { shape: boolean },
    },
  },
};

const volumes: Shape = {
  kind: "set",
  key: "containerPath",
  of: {
    kind: "object",
    properties: {
      containerPath: { shape: text, required: true },
      hostPath: { shape: text },
      readOnly: { shape: boolean },
      volumeName: { shape: text },
    },
  },
};

const networksAdvanced: Shape = {
  kind: "set",
  key: "name",
  of: {
    kind: "object",
    properties: {
      name: { shape: text, required: true },
      aliases: { shape: setOfText },
      ipv4Address: { shape: text },
      ipv6Address: { shape: text },
    },
  },
};

const healthcheck: Shape = {
  kind: "object",
  properties: {
    tests: { shape: listOfText, required: true },
    interval: { shape: duration, default: "0s" },
    retries: { shape: integer, default: 0 },
    startPeriod: { shape: duration, default: "0s" },
    timeout: { shape: duration, default: "0s" },
    // Docker 20.10 does not know it; the official plugin stores this default.
    startInterval: { shape: duration, default: "0s", only: "0s" },
  },
};

// The official plugin looks names up on the machine it runs on, where they mean another user than in the container.
const numericId: Shape = { kind: "string", pattern: /^\d+$/u, says: "a number as text, such as 999" };

const uploads: Shape = {
  kind: "set",
  key: "file",
  of: {
    kind: "object",
    properties: {
      file: { shape: { kind: "string", pattern: /^\//u, says: "an absolute path in the container" }, required: true },
      content: { shape: text },
      contentBase64: { shape: text },
      executable: { shape: boolean, default: false },
      group: { shape: numericId },
      owner: { shape: numericId },
      permissions: { shape: { kind: "string", pattern: /^0[0-7]{3}$/u, says: "octal permissions such as 0600" } },
    },
  },
};

const capabilities: Shape = {
  kind: "object",
  properties: { adds: { shape: setOfText }, drops: { shape: setOfText } },
};

const restart: Shape = {
  kind: "string",
  pattern: /^(?:no|on-failure|always|unless-stopped)$/u,
  says: "no, on-failure, always or unless-stopped",
};

const replaced = (shape: Shape): ResourceInputShape => ({ shape, change: "replace" });
const flag = (value: boolean, change: "replace" | "in-place"): ResourceInputShape => ({
  shape: boolean,
  default: value,
  change,
});
const limit = (shape: Shape): ResourceInputShape => ({ shape, change: "in-place-unless-removed" });

/**
 * docker.Container. Two are stricter than officially: `healthcheck`, `init` and `tmpfs` replace the container, because
 * Docker cannot change them in place and the official plugin only says that it did. A port without `external` is
 * published on a free one that only Docker knows: the outputs do not tell it.
 */
export const containerShape: ResourceShape = {
  type: "docker:index/container:Container",
  inputs: {
    image: { shape: text, required: true, change: "replace" },
    name: { shape: text, required: true, change: "replace" },
    attach: { shape: boolean, default: false, only: false, change: "in-place" },
    capabilities: replaced(capabilities),
    command: replaced(listOfText),
    containerReadRefreshTimeoutMilliseconds: { shape: integer, default: 15_000, change: "in-place" },
    cpuSet: limit(text),
    cpuShares: limit(integer),
    cpus: replaced({ kind: "string", pattern: /^\d+(?:\.\d*)?$/u, says: "a number as text, such as 1.5" }),
    destroyGraceSeconds: { shape: integer, change: "in-place" },
    entrypoints: replaced(listOfText),
    envs: replaced(setOfText),
    healthcheck: replaced(healthcheck),
    hostname: replaced(text),
    init: replaced(boolean),
    labels: replaced(labels),
    logDriver: replaced(text),
    logOpts: replaced(map),
    logs: { shape: boolean, default: false, only: false, change: "in-place" },
    maxRetryCount: { shape: integer, change: "in-place" },
    memory: limit(integer),
    memorySwap: limit({ kind: "integer", least: -1 }),
    mounts: replaced(mounts),
    mustRun: flag(true, "in-place"),
    networkMode: { shape: text, default: "bridge", change: "replace" },
    networksAdvanced: replaced(networksAdvanced),
    ports: replaced(ports),
    readOnly: flag(false, "replace"),
    removeVolumes: flag(true, "in-place"),
    restart: { shape: restart, default: "no", change: "in-place" },
    rm: flag(false, "in-place"),
    securityOpts: replaced(setOfText),
    shmSize: replaced(integer),
    start: flag(true, "in-place"),
    stdinOpen: flag(false, "replace"),
    stopSignal: replaced(text),
    stopTimeout: replaced(integer),
    tmpfs: replaced(map),
    tty: flag(false, "replace"),
    uploads: replaced(uploads),
    user: replaced(text),
    volumes: replaced(volumes),
    wait: flag(false, "in-place"),
    waitTimeout: { shape: integer, default: 60, change: "in-place" },
    workingDir: replaced(text),
  },
  computed: [
    "bridge",
    "command",
    "containerLogs",
    "entrypoints",
    "envs",
    "exitCode",
    "healthcheck",
    "hostname",
    "init",
    "ipcMode",
    "labels",
    "logDriver",
    "networkDatas",
    "runtime",
    "securityOpts",
    "shmSize",
    "stopSignal",
    "stopTimeout",
  ],
  schemaVersion: "2",
};

/** A file that is put into the container before it starts. */
export interface Upload {
  readonly file: string;
  readonly content?: string;
  readonly contentBase64?: string;
  readonly executable: boolean;
  readonly group?: string;
  readonly owner?: string;
  readonly permissions?: string;
}

/** The inputs that passed the check against {@link containerShape}, with its defaults. Memory in MiB, times in seconds. */
export interface ContainerInputs {
  readonly image: string;
  readonly name: string;
  readonly capabilities?: { readonly adds?: readonly string[]; readonly drops?: readonly string[] };
  readonly command?: readonly string[];
  readonly cpuSet?: string;
  readonly cpuShares?: number;
  readonly cpus?: string;
  readonly destroyGraceSeconds?: number;
  readonly entrypoints?: readonly string[];
  readonly envs?: readonly string[];
  readonly healthcheck?: {
    readonly tests: readonly string[];
    readonly interval: string;
    readonly retries: number;
    readonly startPeriod: string;
    readonly timeout: string;
  };
  readonly hostname?: string;
  readonly init?: boolean;
  readonly labels?: readonly Label[];
  readonly logDriver?: string;
  readonly logOpts?: Readonly<Record<string, string>>;
  readonly maxRetryCount?: number;
  readonly memory?: number;
  readonly memorySwap?: number;
  readonly mounts?: readonly {
    readonly target: string;
    readonly type: "bind" | "volume" | "tmpfs";
    readonly source?: string;
    readonly readOnly?: boolean;
  }[];
  readonly mustRun: boolean;
  readonly networkMode: string;
  readonly networksAdvanced?: readonly {
    readonly name: string;
    readonly aliases?: readonly string[];
    readonly ipv4Address?: string;
    readonly ipv6Address?: string;
  }[];
  readonly ports?: readonly {
    readonly internal: number;
    readonly external?: number;
    readonly ip: string;
    readonly protocol: string;
  }[];
  readonly readOnly: boolean;
  readonly removeVolumes: boolean;
  readonly restart: string;
  readonly rm: boolean;
  readonly securityOpts?: readonly string[];
  readonly shmSize?: number;
  readonly start: boolean;
  readonly stdinOpen: boolean;
  readonly stopSignal?: string;
  readonly stopTimeout?: number;
  readonly tmpfs?: Readonly<Record<string, string>>;
  readonly tty: boolean;
  readonly uploads?: readonly Upload[];
  readonly user?: string;
  readonly volumes?: readonly {
    readonly containerPath: string;
    readonly hostPath?: string;
    readonly readOnly?: boolean;
    readonly volumeName?: string;
  }[];
  readonly wait: boolean;
  readonly waitTimeout: number;
  readonly workingDir?: string;
}
