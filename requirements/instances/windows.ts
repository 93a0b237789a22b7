import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Floors } from "../floors.ts";
import type { Requirement } from "../requirement.ts";
import { notApplicable, verdict } from "../verdict.ts";
import { thePrimary } from "./each-instance.ts";

const WISHED = ["spec", "plan"] as const;
const BACKUPS = `${CLOUD_SQL_DOCS}/backup-recovery/backing-up`;
const MAINTENANCE = `${CLOUD_SQL_DOCS}/maintenance`;

/** When the cloud works on an instance. That there is a window is for `instances/maintenance-window`. */
export const instanceWindows: readonly Requirement<"instances">[] = [
  {
    id: "instances/backup-apart-from-maintenance",
    topic: "instances",
    severity: "low",
    title: "The backup does not begin in the hour of maintenance",
    why: "A restart in the middle of a backup ends it, and the next one is a day away.",
    fix: "Choose another `backupConfiguration.startTime` (`backup.schedule`), or another `maintenanceWindow.hour` (`maintenance.hour`).",
    docs: BACKUPS,
    witnesses: WISHED,
    references: ["S3.4"],
    check: (facts) =>
      thePrimary(facts, ["backupStart", "maintenance"], ({ backupStart, maintenance }) => {
        const hour = hourOf(backupStart);
        if (hour === undefined || maintenance === undefined)
          return notApplicable("the cloud chooses one of both times");
        return verdict(hour !== maintenance.hour, `got both at ${hourText(hour)}, want them apart`);
      }),
  },
  {
    id: "instances/backup-off-peak",
    topic: "instances",
    severity: "low",
    title: "The backup begins when little is going on",
    why: "It reads the whole disk, which others want to read, too.",
    fix: "Set `settings.backupConfiguration.startTime` (`backup.schedule`); the hours are UTC.",
    docs: BACKUPS,
    witnesses: WISHED,
    references: ["S2.1"],
    check: (facts, floors) =>
      thePrimary(facts, ["backupStart"], ({ backupStart }) => {
        const hour = hourOf(backupStart);
        if (hour === undefined) return notApplicable("the cloud chooses the time");
        return verdict(isOffPeak(hour, floors), `got a backup at ${hourText(hour)}, want it ${offPeakText(floors)}`);
      }),
  },
  {
    id: "instances/maintenance-off-peak",
    topic: "instances",
    severity: "low",
    title: "Maintenance comes when little is going on",
    why: "It interrupts every connection, for seconds or for minutes.",
    fix: "Set `settings.maintenanceWindow.hour` (`maintenance.hour`); the hours are UTC.",
    docs: MAINTENANCE,
    witnesses: WISHED,
    references: ["S2.1"],
    check: (facts, floors) =>
      thePrimary(facts, ["maintenance"], ({ maintenance }) => {
        if (maintenance === undefined)
          return notApplicable("there is no window, which instances/maintenance-window tells");
        const { hour } = maintenance;
        return verdict(isOffPeak(hour, floors), `got maintenance at ${hourText(hour)}, want it ${offPeakText(floors)}`);
      }),
  },
  {
    id: "instances/updates-seen-first",
    topic: "instances",
    severity: "low",
    title: "Staging gets the cloud's updates before production does",
    why: "What an update breaks is to break here, a week earlier.",
    fix: "Set `settings.maintenanceWindow.updateTrack` (`maintenance.track`) of staging to canary.",
    docs: MAINTENANCE,
    witnesses: WISHED,
    check: (facts, { environment }) =>
      thePrimary(facts, ["maintenance"], ({ maintenance }) => {
        if (environment !== "staging") return notApplicable(`${environment} is no staging`);
        if (maintenance === undefined)
          return notApplicable("there is no window, which instances/maintenance-window tells");
        return verdict(maintenance.track === "canary", `got the ${maintenance.track} track, want canary`);
      }),
  },
];

/** `undefined` where no time is set. */
function hourOf(time: string | undefined): number | undefined {
  const hour = /^(\d{1,2}):/.exec(time ?? "")?.[1];
  return hour === undefined ? undefined : Number(hour);
}

function isOffPeak(hour: number, { offPeakFromHour: from, offPeakToHour: to }: Floors): boolean {
  if (from === to) return true;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

function offPeakText({ offPeakFromHour: from, offPeakToHour: to }: Floors): string {
  return `from ${hourText(from)} to ${hourText(to)}`;
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00 UTC`;
}
