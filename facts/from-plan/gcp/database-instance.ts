import type { InstanceFacts, MaintenanceFacts } from "../../../requirements/facts/instances.ts";
import { unknownInstance } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, type Known, UNKNOWN } from "../../../requirements/known.ts";
import { parseTier } from "../../../topology/limits/cloud-sql-tiers.ts";
import { NOT_A_REPLICAS, WITHOUT_BACKUPS } from "../../cloud-sql-facts.ts";
import { versionDaysLeft } from "../../version-days.ts";
import { mapKnown, type PlannedResource } from "../planned-resource.ts";
import { readOnce } from "../read-once.ts";
import { Block } from "./block.ts";
import { defaultBackups, defaultEdition, INSTANCE_DEFAULTS as DEFAULTS } from "./instance-defaults.ts";
import { plannedOnly } from "./planned-only.ts";

/** What is known of an instance beside its own inputs. */
export interface InstancePlace {
  readonly part: string;
  readonly role: InstanceFacts["role"];
  readonly follows: Known<string | undefined>;
  /** Of today; `undefined`: nobody said. */
  readonly now: Date | undefined;
}

/** An instance as it is planned: what is set, else what the provider documents, else unknown. */
export function plannedInstance(resource: PlannedResource, { follows, now, part, role }: InstancePlace): InstanceFacts {
  const own = ownFacts(resource);
  return {
    ...own,
    part,
    role,
    follows,
    versionDaysLeft: now === undefined ? UNKNOWN : versionDaysLeft(own.version, now),
    ...(role === "primary" ? ofThePrimary(resource) : NOT_A_REPLICAS),
  };
}

/** What its own inputs say. */
const ownFacts = readOnce((resource: PlannedResource): InstanceFacts => {
  const instance = Block.of(resource.props);
  const settings = instance.block("settings");
  const tier = settings.text("tier", UNKNOWN);
  const machine = tier === UNKNOWN ? undefined : parseTier(tier);
  const [pool] = known(settings.blocks("connectionPoolConfigs"));
  return {
    ...NOTHING_OF_IT,
    ...network(settings.block("ipConfiguration")),
    ...plannedOnly(resource),
    region: regionOf(resource),
    version: versionOf(resource),
    edition: editionOf(resource),
    tier,
    cpus: machine?.cpus ?? UNKNOWN,
    memoryMiB: machine?.memoryMiB ?? UNKNOWN,
    availability: settings.text("availabilityType", DEFAULTS.availabilityType),
    dataApi: mapKnown(settings.text("dataApiAccess", DEFAULTS.dataApiAccess), (access) => access === "ALLOW_DATA_API"),
    diskGrows: settings.flag("diskAutoresize", DEFAULTS.diskAutoresize),
    diskLimitGiB: settings.number("diskAutoresizeLimit", DEFAULTS.diskAutoresizeLimit),
    deletionProtected: settings.flag("deletionProtectionEnabled", DEFAULTS.deletionProtectionEnabled),
    queryInsights: settings.block("insightsConfig").flag("queryInsightsEnabled", DEFAULTS.queryInsightsEnabled),
    flags: flagsOf(settings.blocks("databaseFlags")),
    pooling: pool?.flag("connectionPoolingEnabled", DEFAULTS.connectionPoolingEnabled) ?? isUnset(settings),
    poolFlags: pool === undefined ? {} : flagsOf(pool.blocks("flags")),
  };
});

const NOTHING_OF_IT = unknownInstance("", "primary");

/** The one that is set, else what the cloud takes for the version. */
export function editionOf(resource: PlannedResource): Known<string> {
  return Block.of(resource.props)
    .block("settings")
    .text("edition", defaultEdition(versionOf(resource)));
}

function versionOf({ props }: PlannedResource): Known<number> {
  return majorOf(Block.of(props).text("databaseVersion", UNKNOWN));
}

/** The one that is set, else the provider's own. */
function regionOf({ props, provider }: PlannedResource): Known<string> {
  return Block.of(props).text("region", Block.of(provider?.props).text("region", UNKNOWN));
}

function network(ip: Block): Partial<InstanceFacts> {
  const networks = ip.blocks("authorizedNetworks");
  return {
    publicAddress: ip.flag("ipv4Enabled", DEFAULTS.ipv4Enabled),
    authorizedNetworks: allKnown(networks, (one) => one.text("value", UNKNOWN)),
    looseNetworks: mapKnown(
      allKnown(networks, (one) => looseNetwork(one)),
      (all) => all.filter((value) => value !== ""),
    ),
    network: mapKnown(ip.text("privateNetwork", undefined), (name) => name?.replace(/^.*?(?=projects\/)/, "")),
    sslMode: ip.text("sslMode", DEFAULTS.sslMode),
    certificateAuthority: ip.text("serverCaMode", DEFAULTS.serverCaMode),
    certificateRotation: ip.text("serverCertificateRotationMode", DEFAULTS.serverCertificateRotationMode),
  };
}

/** Its range, where nobody can say whose it is or when it ends; else empty. */
function looseNetwork(network: Block): Known<string> {
  const set = [network.has("name"), network.has("expirationTime")];
  if (set.includes(UNKNOWN)) return UNKNOWN;
  return set.includes(false) ? network.text("value", UNKNOWN) : "";
}

const ofThePrimary = readOnce((resource: PlannedResource): Pick<InstanceFacts, keyof typeof NOT_A_REPLICAS> => {
  const settings = Block.of(resource.props).block("settings");
  const edition = editionOf(resource);
  const policy = settings.block("passwordValidationPolicy");
  const hasPolicy = policy.flag("enablePasswordPolicy", DEFAULTS.enablePasswordPolicy);
  return {
    ...backups(settings.block("backupConfiguration"), edition),
    backupsOutlive: settings.flag("retainBackupsOnDelete", DEFAULTS.retainBackupsOnDelete),
    finalBackupDays: finalBackupDays(settings.block("finalBackupConfig"), edition),
    maintenance: maintenance(settings.block("maintenanceWindow")),
    freezes: freezes(settings),
    leastPassword: mapKnown(hasPolicy, (on) => (on ? policy.number("minLength", 0) : 0)),
  };
});

function backups(backup: Block, edition: Known<string>): Pick<InstanceFacts, keyof typeof WITHOUT_BACKUPS> {
  const enabled = backup.flag("enabled", DEFAULTS.backupEnabled);
  if (enabled === false) return WITHOUT_BACKUPS;
  const unset = defaultBackups(edition);
  const told: Pick<InstanceFacts, keyof typeof WITHOUT_BACKUPS> = {
    pointInTime: backup.flag("pointInTimeRecoveryEnabled", unset.pointInTime),
    logDays: backup.number("transactionLogRetentionDays", unset.logDays),
    retainedBackups: backup.block("backupRetentionSettings").number("retainedBackups", unset.retained),
    backupLocation: backup.text("location", undefined),
    backupStart: backup.text("startTime", undefined),
  };
  if (enabled === true) return told;
  return {
    pointInTime: UNKNOWN,
    logDays: UNKNOWN,
    retainedBackups: UNKNOWN,
    backupLocation: UNKNOWN,
    backupStart: UNKNOWN,
  };
}

function finalBackupDays(final: Block, edition: Known<string>): Known<number> {
  return mapKnown(final.flag("enabled", DEFAULTS.finalBackupEnabled), (on) =>
    on ? final.number("retentionDays", defaultBackups(edition).finalDays) : 0,
  );
}

function maintenance(window: Block): Fact<MaintenanceFacts | undefined> {
  const day = window.number("day", undefined);
  if (day === undefined || day === 0) return undefined;
  const hour = window.number("hour", 0);
  const track = window.text("updateTrack", "not set");
  return day === UNKNOWN || hour === UNKNOWN || track === UNKNOWN ? UNKNOWN : { day, hour, track };
}

function freezes(settings: Block): Known<readonly string[]> {
  const period = settings.block("denyMaintenancePeriod");
  const from = period.text("startDate", undefined);
  const to = period.text("endDate", undefined);
  if (from === UNKNOWN || to === UNKNOWN) return UNKNOWN;
  return from === undefined || to === undefined ? [] : [`${dayText(from)} to ${dayText(to)}`];
}

/** A flag that takes no value has none. */
function flagsOf(list: Known<readonly Block[]>): Known<Readonly<Record<string, string>>> {
  const pairs = allKnown(list, (flag): Known<readonly [string, string]> => {
    const name = flag.text("name", UNKNOWN);
    const value = flagValue(flag);
    return name === UNKNOWN || value === UNKNOWN ? UNKNOWN : [name, value];
  });
  return mapKnown(pairs, (all) => Object.fromEntries(all));
}

/** Text in the provider, and a number or a truth value where a program is not that strict. */
function flagValue(flag: Block): Known<string> {
  const text = flag.text("value", "");
  if (text !== UNKNOWN) return text;
  const number = flag.number("value", "");
  return number === UNKNOWN ? mapKnown(flag.flag("value", false), (on) => (on ? "on" : "off")) : String(number);
}

/** `POSTGRES_17`. */
function majorOf(databaseVersion: Known<string>): Known<number> {
  const major = databaseVersion === UNKNOWN ? undefined : /^POSTGRES_(\d+)/.exec(databaseVersion)?.[1];
  return major === undefined ? UNKNOWN : Number(major);
}

/** The provider writes months without a leading zero. */
function dayText(date: string): string {
  return date
    .split("-")
    .map((part) => part.padStart(2, "0"))
    .join("-");
}

function isUnset(settings: Block): Known<boolean> {
  return settings.blocks("connectionPoolConfigs") === UNKNOWN ? UNKNOWN : DEFAULTS.connectionPoolingEnabled;
}

function known<T>(list: Known<readonly T[]>): readonly T[] {
  return list === UNKNOWN ? [] : list;
}

/** One that is unknown makes all of them unknown. */
function allKnown<T, R>(list: Known<readonly T[]>, read: (item: T) => Known<R>): Known<readonly R[]> {
  return mapKnown(list, (items) => {
    const values = items.map(read);
    return values.some((value) => value === UNKNOWN) ? UNKNOWN : (values as readonly R[]);
  });
}
