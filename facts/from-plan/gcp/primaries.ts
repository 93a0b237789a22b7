import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import { mapKnown, type PlannedResource, text } from "../planned-resource.ts";
import { Block } from "./block.ts";
import { editionOf } from "./database-instance.ts";
import { defaultBackups, INSTANCE_DEFAULTS } from "./instance-defaults.ts";
import { GCP_TYPES, ofTypes } from "./resource-types.ts";

/** The instances of PostgreSQL that follow no other one. */
export function primariesOf(resources: readonly PlannedResource[]): readonly PlannedResource[] {
  return ofTypes(resources, [GCP_TYPES.instance]).filter(
    (instance) => isPostgres(instance) && text(instance.props, "masterInstanceName") === undefined,
  );
}

/** Unless it says that it is something else. */
export function isPostgres({ props }: PlannedResource): boolean {
  return typeof props.databaseVersion !== "string" || props.databaseVersion.startsWith("POSTGRES");
}

/** Of a resource, else of its provider: nobody says it twice. */
export function regionOf({ props, provider }: PlannedResource): Known<string> {
  const own = text(props, "region");
  if (own !== undefined) return own;
  const given = provider === undefined ? undefined : text(provider.props, "region");
  return given ?? UNKNOWN;
}

/** Days back that every moment can be restored; 0 without that. What is not said is the edition's. */
export function pointInTimeDaysOf(primary: PlannedResource): Known<number> {
  const settings = Block.of(primary.props).block("settings");
  const backup = settings.block("backupConfiguration");
  const enabled = backup.flag("enabled", INSTANCE_DEFAULTS.backupEnabled);
  const unset = defaultBackups(editionOf(primary));
  return mapKnown(enabled, (hasBackups) =>
    mapKnown(hasBackups && backup.flag("pointInTimeRecoveryEnabled", unset.pointInTime), (isOn) =>
      isOn ? backup.number("transactionLogRetentionDays", unset.logDays) : 0,
    ),
  );
}
