import type { MountFacts } from "../../requirements/facts/containers.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { flag, mapKnown, object, objects, type PlannedResource, text } from "./planned-resource.ts";

type Props = PlannedResource["props"];

/** Bind mounts that pass on, one way or both, what is mounted below them later. */
const PASSING_ON: readonly string[] = ["shared", "rshared", "slave", "rslave"];
const MEMORY = { kind: "tmpfs", source: "", readOnly: false } as const;

/** Named and anonymous volumes, folders of the host, and memory, by both of the provider's ways to say so. */
export function mountsOf(props: Props): Known<readonly MountFacts[]> {
  return mapKnown(objects(props, "volumes"), (volumes) =>
    mapKnown(objects(props, "mounts"), (mounts) => {
      const all = [...volumes.map(fromVolume), ...mounts.map(fromMount), ...memory(props)];
      const known = all.filter((mount) => mount !== UNKNOWN);
      return known.length < all.length ? UNKNOWN : known;
    }),
  );
}

/** Paths of the host, by each of the provider's ways to give one: a volume of the local driver may stand for one, too. */
export function hostPathsOf(props: Props): readonly Known<string>[] {
  return [
    ...each(props, "volumes", (volume) => text(volume, "hostPath")),
    ...each(props, "mounts", (mount) =>
      mapKnown(text(mount, "type"), (type) => (type === "bind" ? text(mount, "source") : deviceOf(mount))),
    ),
  ].filter((path) => path !== undefined);
}

/** Targets of mounts that pass on what is mounted below them. */
export function sharedMountsOf(props: Props): Known<readonly string[]> {
  return mapKnown(objects(props, "mounts"), (mounts) => {
    const found = mounts.map((mount) =>
      mapKnown(object(mount, "bindOptions"), (options) =>
        mapKnown(text(options, "propagation"), (how) =>
          how !== undefined && PASSING_ON.includes(how) ? text(mount, "target") : undefined,
        ),
      ),
    );
    const known = found.filter((target) => typeof target === "string");
    return known.length === 0 && found.includes(UNKNOWN) ? UNKNOWN : known;
  });
}

/** As in `driverOptions: { type: "none", o: "bind", device: "/etc" }`; another file system's device is no path. */
function deviceOf(mount: Props): Known<string | undefined> {
  return mapKnown(object(mount, "volumeOptions"), (volume) =>
    mapKnown(object(volume, "driverOptions"), (options) =>
      mapKnown(text(options, "o"), (how) => (/(^|,)r?bind(,|$)/.test(how ?? "") ? text(options, "device") : undefined)),
    ),
  );
}

/** Of each item that is known; what is not known of one hides no other. */
function each(
  props: Props,
  name: string,
  read: (item: Props) => Known<string | undefined>,
): readonly Known<string | undefined>[] {
  const list = props[name];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [UNKNOWN];
  return list.map((item: unknown) => mapKnown(object({ item }, "item"), read));
}

function fromVolume(volume: Props): Known<MountFacts> {
  return mount(
    text(volume, "containerPath"),
    flag(volume, "readOnly"),
    text(volume, "volumeName"),
    text(volume, "hostPath"),
  );
}

function fromMount(props: Props): Known<MountFacts> {
  const source = text(props, "source");
  return mapKnown(text(props, "type"), (type) => {
    const target = text(props, "target");
    if (type === "tmpfs") return mapKnown(target, (path) => ({ ...MEMORY, target: path ?? "" }));
    const volume = type === "volume" ? source : undefined;
    return mount(target, flag(props, "readOnly"), volume, type === "bind" ? source : undefined);
  });
}

function mount(
  target: Known<string | undefined>,
  readOnly: Known<boolean>,
  volume: Known<string | undefined>,
  hostPath: Known<string | undefined>,
): Known<MountFacts> {
  if (target === UNKNOWN || readOnly === UNKNOWN || volume === UNKNOWN || hostPath === UNKNOWN) return UNKNOWN;
  const kind = volume !== undefined ? "volume" : hostPath !== undefined ? "bind" : "anonymous";
  return { kind, source: volume ?? hostPath ?? "", target: target ?? "", readOnly };
}

function memory(props: Props): Known<MountFacts>[] {
  const paths = object(props, "tmpfs");
  return paths === UNKNOWN ? [UNKNOWN] : Object.keys(paths).map((target) => ({ ...MEMORY, target }));
}
