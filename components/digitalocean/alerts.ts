import { MonitorAlert, type MonitorAlertArgs } from "@pulumi/digitalocean/monitorAlert.js";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "./cloud-place.ts";

/** What runs out, the platform's word for it on either kind of machine, and when somebody is told: per cent. */
const WATCHED = [
  {
    role: "cpu",
    types: { cluster: "v1/dbaas/alerts/cpu_alerts", droplet: "v1/insights/droplet/cpu" },
    percent: 85,
    window: "30m",
  },
  {
    role: "memory",
    types: {
      cluster: "v1/dbaas/alerts/memory_utilization_alerts",
      droplet: "v1/insights/droplet/memory_utilization_percent",
    },
    percent: 90,
    window: "30m",
  },
  {
    role: "disk",
    types: {
      cluster: "v1/dbaas/alerts/disk_utilization_alerts",
      droplet: "v1/insights/droplet/disk_utilization_percent",
    },
    percent: 85,
    window: "10m",
  },
] as const;

/** A machine that is watched. */
export interface WatchedMachine {
  readonly kind: "cluster" | "droplet";
  /** Part of the alerts' names. */
  readonly part: string;
  readonly id: pulumi.Input<string>;
}

/** The alerts of a machine by the last part of their names; the platform takes addresses of the team's members only. */
function alertArgs(place: CloudPlace, { kind, part, id }: WatchedMachine): Map<string, MonitorAlertArgs> {
  const { topology, name } = place;
  return new Map(
    WATCHED.map(({ percent, role, types, window }) => [
      `alert-${part}-${role}`,
      {
        type: types[kind],
        compare: "GreaterThan",
        value: percent,
        window,
        enabled: true,
        entities: [id],
        description: `${name(part)}: ${role} above ${percent} % for ${window}`,
        alerts: { emails: [...topology.observability.alertEmails] },
      },
    ]),
  );
}

/** Tells those who asked for it; nobody asked, no alerts. */
export function createAlerts(place: CloudPlace, machines: readonly WatchedMachine[]): void {
  if (place.topology.observability.alertEmails.length === 0) return;
  for (const machine of machines) {
    for (const [role, args] of alertArgs(place, machine)) new MonitorAlert(place.childName(role), args, place.options);
  }
}
