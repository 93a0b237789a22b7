/** A machine by the name that the platform has for it. */
export interface Machine {
  /** As `size` takes it: what it has is part of its name. */
  readonly slug: string;
  readonly cpus: number;
  readonly memoryMiB: number;
}

interface Size {
  readonly cpus?: number | undefined;
  readonly memoryMiB?: number | undefined;
}

const MIB_PER_GIB = 1024;
const SHOWN = 3;
/** Stands for zero, which has no logarithm. */
const SMALLEST = 0.01;

/** A machine with what its name says, as in `db-s-1vcpu-2gb`. */
export function machineNamed(slug: string): Machine {
  const [, cpus, memoryGiB] = /(\d+)vcpu-(\d+)gb/.exec(slug) ?? [];
  return { slug, cpus: Number(cpus), memoryMiB: Number(memoryGiB) * MIB_PER_GIB };
}

/** The first machine of exactly that size; a size that names only one of both may have any of the other. */
export function machineOfSize<M extends Machine>(machines: readonly M[], { cpus, memoryMiB }: Size): M | undefined {
  return machines.find(
    (machine) =>
      (cpus === undefined || machine.cpus === cpus) && (memoryMiB === undefined || machine.memoryMiB === memoryMiB),
  );
}

/** The machines that come nearest to a size, the nearest first: twice as much is as far off as half as much. */
export function nearestMachines<M extends Machine>(machines: readonly M[], { cpus, memoryMiB }: Size): M[] {
  const away = (have: number, wanted: number | undefined): number =>
    wanted === undefined ? 0 : Math.abs(Math.log2(have / Math.max(SMALLEST, wanted)));
  return machines
    .map((machine) => ({ machine, distance: away(machine.cpus, cpus) + away(machine.memoryMiB, memoryMiB) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SHOWN)
    .map(({ machine }) => machine);
}
