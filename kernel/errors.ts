/** The exit codes of every command, as documented in the README. */
export const EXIT = { ok: 0, failed: 1, usage: 2, couldNotCheck: 3, interrupted: 130 } as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What an expected error says beside its message. */
export interface PgtErrorOptions {
  /** 1 unless told. */
  readonly exitCode?: ExitCode;
  /** What to do next, one sentence or command a line. */
  readonly fix?: readonly string[];
  readonly cause?: unknown;
}

/** An error that a user can act upon: shown without a stack trace, followed by what to do next. */
export class PgtError extends Error {
  readonly exitCode: ExitCode;
  readonly fix: readonly string[];

  constructor(message: string, options: PgtErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "PgtError";
    this.exitCode = options.exitCode ?? EXIT.failed;
    this.fix = options.fix ?? [];
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
