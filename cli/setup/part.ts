/** The machine that is set up: where things are put, and how to speak and stop. */
export interface Machine {
  /** The clone. */
  readonly root: string;
  /** What is installed: `<root>/.toolchain`. */
  readonly toolchainDir: string;
  /** State of the local stack: `<root>/.pgt`, for the owner only. */
  readonly stateDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Shows what is being done, one short line that replaces the one before on a terminal. */
  readonly say: (line: string) => void;
}

/** One way to get a part. */
export interface Way {
  /** As in "the official download"; shown while it is tried, and in the error when none works. */
  readonly title: string;
  /** What a user does to make this way possible, or to go it by hand. */
  readonly byHand: string;
  /** `undefined` when it can be tried on this machine, else why not. */
  readonly unavailable: (machine: Machine) => Promise<string | undefined>;
  /** Does it, or throws. Whatever it leaves half-done must not be taken for the whole by {@link Part.find}. */
  readonly act: (machine: Machine) => Promise<void>;
}

/** A part that was found. */
export interface Found<T> {
  readonly value: T;
  readonly version: string;
  /** Path or address that it was found at. */
  readonly from: string;
  /** What a user should know of it, as in "the stand-in plugin is used". */
  readonly note?: string;
}

/** Something the machine must have: found, or got by the first way that works, and then found again as proof. */
export interface Part<T = unknown> {
  /** As in "Pulumi CLI 3.259.0". */
  readonly title: string;
  /** The check, and after an act the proof. It changes nothing. */
  readonly find: (machine: Machine) => Promise<Found<T> | undefined>;
  /** The ordinary way first. */
  readonly ways: readonly Way[];
}
