import type { ObservedSlot } from "./observed.ts";
import { quoteLiteral, type Step } from "./step.ts";
import { MAINTENANCE_DATABASE, type WantedAccess } from "./wanted.ts";

/** Names that the topology gives; see slotName() in topology/names.ts. */
const OURS = "replica_";

/** A slot for each replica. A slot that keeps WAL for a replica that is no more would fill the disk: it is dropped. */
export function planSlots({ slots: wanted }: WantedAccess, observed: readonly ObservedSlot[]): Step[] {
  if (wanted === undefined) return [];
  const forgotten = observed.filter(({ name, active }) => name.startsWith(OURS) && !wanted.includes(name) && !active);
  const useless = observed.filter((slot) => wanted.includes(slot.name) && isUseless(slot));
  const usable = new Set(observed.filter((slot) => !isUseless(slot)).map(({ name }) => name));
  return [
    ...forgotten.map(({ name }) => dropSlot(name, "no planned replica uses it")),
    ...useless.map(({ name }) => dropSlot(name, "nothing can stream from it any more")),
    ...wanted.filter((name) => !usable.has(name)).map(createSlot),
  ];
}

function isUseless({ physical, lost, active }: ObservedSlot): boolean {
  return !active && (lost || !physical);
}

function createSlot(name: string): Step {
  return {
    database: MAINTENANCE_DATABASE,
    found: "missing",
    summary: `create replication slot ${name}`,
    // True: WAL is kept from now on, not only from the first connection on.
    sql: `SELECT pg_create_physical_replication_slot(${quoteLiteral(name)}, true)`,
    alone: true,
  };
}

function dropSlot(name: string, why: string): Step {
  return {
    database: MAINTENANCE_DATABASE,
    found: "unplanned",
    summary: `drop replication slot ${name}: ${why}`,
    sql: `SELECT pg_drop_replication_slot(${quoteLiteral(name)})`,
    alone: true,
    warning: true,
  };
}
