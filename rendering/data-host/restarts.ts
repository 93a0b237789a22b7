import { labelOfParameter } from "../../topology/parameters/change-effect.ts";
import type { Major } from "../../topology/parameters/server-settings.ts";
import { PATHS } from "../paths.ts";
import { HOST_PATHS } from "./host-paths.ts";
import { SERVICES } from "./units.ts";

/** A file that was delivered, and differs from what was there. */
export interface FileChange {
  readonly path: string;
  /** What was there; `undefined` for nothing, and for what is not known. */
  readonly before: string | undefined;
  /** What is there now; `undefined` for nothing. */
  readonly after: string | undefined;
}

/** What systemd has to be told of one unit. */
export interface UnitAction {
  readonly unit: string;
  /** `stop` is for good: `systemctl disable --now`, before its file goes. */
  readonly action: "reload" | "restart" | "stop";
}

/** What systemd has to be told after a delivery, in this order. */
export interface HostActions {
  /** `systemctl daemon-reload`, before anything else. */
  readonly daemonReload: boolean;
  readonly units: readonly UnitAction[];
}

/** Changes are nothing to the units: each run of a command reads its file anew. */
const NOTHING = "nothing";
type Effect = "reload" | "restart" | typeof NOTHING;
type Service = keyof typeof SERVICES;

/** The files that a service has read when it started, and what makes it read them again. */
const EFFECTS: Readonly<Record<Service, Readonly<Record<string, Effect>>>> = {
  postgres: {
    [PATHS.pgHba]: "reload",
    [PATHS.certificate]: "reload",
    [PATHS.caCertificate]: "reload",
    [PATHS.administratorPassword]: "reload",
    [HOST_PATHS.environment]: "restart",
    [`${HOST_PATHS.units}/${SERVICES.postgres}`]: "restart",
  },
  pooler: {
    [PATHS.userlist]: "reload",
    [PATHS.certificate]: "reload",
    [PATHS.caCertificate]: "reload",
    [HOST_PATHS.environment]: "restart",
    [`${HOST_PATHS.commands}/pgt-pooler`]: "restart",
    [`${HOST_PATHS.units}/${SERVICES.pooler}`]: "restart",
  },
};

/** https://www.pgbouncer.org/config.html: what PgBouncer reads once. */
const POOLER_READS_ONCE = /^(listen_|unix_socket_|logfile|pidfile|so_reuseport|peer_id|resolv_conf|user) *=?/;

/** Which unit is told what after these changes; a server is restarted only when a reload would not do. */
export function actionsAfter(changes: readonly FileChange[], major: Major): HostActions {
  const unitFiles = changes.filter(({ path }) => path.startsWith(`${HOST_PATHS.units}/`));
  const gone = unitFiles.filter(({ after }) => after === undefined).map(unitName);
  const timers = unitFiles.map(unitName).filter((name) => name.endsWith(".timer") && !gone.includes(name));
  const services = (["postgres", "pooler"] as const)
    .filter((service) => !gone.includes(SERVICES[service]))
    .flatMap((service) => actionOn(service, changes, major));
  return {
    daemonReload: unitFiles.length > 0,
    units: [
      ...gone.map((unit) => ({ unit, action: "stop" }) as const),
      ...services,
      ...timers.map((unit) => ({ unit, action: "restart" }) as const),
    ],
  };
}

function unitName({ path }: FileChange): string {
  return path.slice(HOST_PATHS.units.length + 1);
}

function actionOn(service: Service, changes: readonly FileChange[], major: Major): UnitAction[] {
  const effects = changes.map((change) => effectOn(service, change, major));
  if (effects.includes("restart")) return [{ unit: SERVICES[service], action: "restart" }];
  return effects.includes("reload") ? [{ unit: SERVICES[service], action: "reload" }] : [];
}

function effectOn(service: Service, change: FileChange, major: Major): Effect {
  if (service === "postgres" && change.path === PATHS.postgresqlConf) return effectOfConf(change, major);
  if (service === "pooler" && change.path === PATHS.pgbouncerIni) return effectOfIni(change);
  return EFFECTS[service][change.path] ?? NOTHING;
}

/** Of what the lines that differ set. */
function effectOfConf(change: FileChange, major: Major): Effect {
  const lines = differingLines(change);
  if (lines === undefined) return "restart";
  const names = lines.filter((line) => !line.startsWith("#")).map((line) => line.split("=")[0]?.trim() ?? "");
  // What is not known, as a parameter of an extension, may need a restart.
  return names.some((name) => (labelOfParameter(major, name) ?? "restart") !== "reload") ? "restart" : "reload";
}

function effectOfIni(change: FileChange): Effect {
  const lines = differingLines(change);
  return lines === undefined || lines.some((line) => POOLER_READS_ONCE.test(line)) ? "restart" : "reload";
}

/** `undefined` when there is nothing to compare. */
function differingLines({ before, after }: FileChange): string[] | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [old, now] = [new Set(before.split("\n")), new Set(after.split("\n"))];
  return [...[...old].filter((line) => !now.has(line)), ...[...now].filter((line) => !old.has(line))];
}
