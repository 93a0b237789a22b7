import type { Fact } from "../known.ts";
import type { Difference } from "./difference.ts";
import type { PlannedInstanceFacts } from "./planned-instance.ts";

/** The weekly window in which the cloud may restart an instance. */
export interface MaintenanceFacts {
  /** 1 is Monday. */
  readonly day: number;
  /** UTC. */
  readonly hour: number;
  /** `canary`, `stable` or `week5`. */
  readonly track: string;
}

/** One Cloud SQL instance, in the words of the Admin API. */
export interface InstanceFacts extends PlannedInstanceFacts {
  /** `primary` or `replica-<key>`. */
  readonly part: string;
  /** What it is wished for. */
  readonly role: "primary" | "read" | "disaster-recovery";
  /** Live only: `RUNNABLE`, …; `absent` when the cloud has no instance of that name. */
  readonly state: Fact<string>;
  /** Not of a wish: days until the PostgreSQL project ends this major version; below 0 it has ended. */
  readonly versionDaysLeft: Fact<number>;
  readonly region: Fact<string>;
  /** PostgreSQL's major version. */
  readonly version: Fact<number>;
  /** `ENTERPRISE` or `ENTERPRISE_PLUS`. */
  readonly edition: Fact<string>;
  readonly tier: Fact<string>;
  /** Of the tier. */
  readonly cpus: Fact<number>;
  readonly memoryMiB: Fact<number>;
  /** `REGIONAL` has a standby in a second zone. */
  readonly availability: Fact<string>;
  readonly publicAddress: Fact<boolean>;
  /** Networks that may connect to a public address. */
  readonly authorizedNetworks: Fact<readonly string[]>;
  /** Full name of the VPC that it has its private address in; `undefined` without one. A wish knows it of one that is there already. */
  readonly network: Fact<string | undefined>;
  readonly sslMode: Fact<string>;
  /** `serverCaMode`. */
  readonly certificateAuthority: Fact<string>;
  /** IAM users may run SQL through the API, past the network. */
  readonly dataApi: Fact<boolean>;
  readonly diskGrows: Fact<boolean>;
  /** Size, in GiB, that the disk may grow to; 0 is without limit. */
  readonly diskLimitGiB: Fact<number>;
  readonly pointInTime: Fact<boolean>;
  /** Days of the log that are kept for point-in-time recovery. */
  readonly logDays: Fact<number>;
  readonly retainedBackups: Fact<number>;
  /** Region or multi-region; `undefined`: as the cloud chooses, which is the multi-region around the instance. */
  readonly backupLocation: Fact<string | undefined>;
  /** HH:MM, UTC; `undefined`: as the cloud chooses. */
  readonly backupStart: Fact<string | undefined>;
  /** Backups stay when the instance is removed. */
  readonly backupsOutlive: Fact<boolean>;
  /** Days that a last backup is kept after the removal; 0 when none is made. */
  readonly finalBackupDays: Fact<number>;
  readonly deletionProtected: Fact<boolean>;
  /** `undefined`: at any time. */
  readonly maintenance: Fact<MaintenanceFacts | undefined>;
  /** Times without maintenance, as `12-20 to 01-05`. */
  readonly freezes: Fact<readonly string[]>;
  readonly queryInsights: Fact<boolean>;
  /** Those that are set; the others have Cloud SQL's own values. */
  readonly flags: Fact<Readonly<Record<string, string>>>;
  /** Managed pooling is on. */
  readonly pooling: Fact<boolean>;
  readonly poolFlags: Fact<Readonly<Record<string, string>>>;
  /** Part, or else the name, of the instance that it follows; `undefined` of a primary. */
  readonly follows: Fact<string | undefined>;
  /** Live only: settings that are not as asked; flags are told apart, for they need no `pgt up` of the network. */
  readonly differences: Fact<readonly Difference[]>;
  /** Live only. */
  readonly flagDifferences: Fact<readonly Difference[]>;
}

/** The instances of a topology on Cloud SQL. */
export interface InstancesFacts {
  readonly instances: Fact<readonly InstanceFacts[]>;
  /** Live and of a plan: part, or else the name, of the replica that is designated to take over; `undefined`: none is. */
  readonly designated: Fact<string | undefined>;
}
