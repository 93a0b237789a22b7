import type { PlannedInstanceFacts, ReadPoolFacts } from "../../../requirements/facts/planned-instance.ts";
import { type Fact, type Known, UNKNOWN } from "../../../requirements/known.ts";
import { mapKnown, type PlannedResource } from "../planned-resource.ts";
import { Block } from "./block.ts";
import { INSTANCE_DEFAULTS as DEFAULTS } from "./instance-defaults.ts";
import { labelsOf } from "./instance-names.ts";

/** What a wish has no word for. */
export function plannedOnly(resource: PlannedResource): Partial<PlannedInstanceFacts> {
  const { deleteBeforeReplace, ignoreChanges, props, timeouts } = resource;
  const instance = Block.of(props);
  const settings = instance.block("settings");
  const place = settings.block("locationPreference");
  return {
    editionSaid: settings.has("edition"),
    labels: labelsOf(props).names(),
    ownKey: instance.has("encryptionKeyName"),
    zone: place.text("zone", undefined),
    standbyZone: place.text("secondaryZone", undefined),
    diskGiB: settings.number("diskSize", undefined),
    diskSizeIgnored: ignoreChanges?.some((path) => ["*", "settings", "settings.diskSize"].includes(path)) ?? UNKNOWN,
    readPool: readPool(instance),
    connectorsOnly: mapKnown(
      settings.text("connectorEnforcement", DEFAULTS.connectorEnforcement),
      (enforcement) => enforcement === "REQUIRED",
    ),
    guarded: guarded(instance),
    restores: restores(instance),
    removedFirst: deleteBeforeReplace ?? UNKNOWN,
    createSeconds: timeouts === undefined ? UNKNOWN : timeouts.create > 0 ? timeouts.create : undefined,
    upgradesReplicas: instance.flag("includeReplicasForMajorVersionUpgrade", false),
  };
}

function readPool(instance: Block): Fact<ReadPoolFacts | undefined> {
  const kind = instance.text("instanceType", "CLOUD_SQL_INSTANCE");
  if (kind !== "READ_POOL_INSTANCE") return kind === UNKNOWN ? UNKNOWN : undefined;
  const scale = instance.block("settings").block("readPoolAutoScaleConfig");
  const nodes = instance.number("nodeCount", UNKNOWN);
  return mapKnown(scale.flag("enabled", false), (scales) => {
    const min = scales ? scale.number("minNodeCount", UNKNOWN) : nodes;
    const max = scales ? scale.number("maxNodeCount", UNKNOWN) : nodes;
    return min === UNKNOWN || max === UNKNOWN ? UNKNOWN : { minNodes: min, maxNodes: max };
  });
}

function guarded(instance: Block): Known<boolean> {
  const policy = instance.text("deletionPolicy", DEFAULTS.deletionPolicy);
  if (policy === "PREVENT") return true;
  return mapKnown(instance.flag("deletionProtection", DEFAULTS.deletionProtection), (protection) =>
    protection || policy !== UNKNOWN ? protection : UNKNOWN,
  );
}

/** What the provider acts on as soon as it is there. */
const RESTORING = ["restoreBackupContext", "pointInTimeRestoreContext", "backupdrBackup", "clone"] as const;

function restores(instance: Block): Known<readonly string[]> {
  const set = RESTORING.map((name) => [name, instance.has(name)] as const);
  return set.some(([, there]) => there === UNKNOWN) ? UNKNOWN : set.flatMap(([name, there]) => (there ? [name] : []));
}
