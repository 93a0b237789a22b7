import { EXIT, PgtError } from "../../kernel/errors.ts";
import { backEndFixes } from "./back-end.ts";
import type { Place } from "./place.ts";

interface KnownError {
  readonly pattern: RegExp;
  readonly explain: (place: Place, text: string) => PgtError;
}

/** Who holds a lock of a back end. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
}

/** The back end's lock is taken. */
export class StackLocked extends PgtError {
  readonly holders: readonly LockHolder[];

  constructor(message: string, holders: readonly LockHolder[], options: ConstructorParameters<typeof PgtError>[1]) {
    super(message, options);
    this.holders = holders;
  }
}

/** As in `…/locks/….json: created by me@machine (pid 4711) at 2026-11-21T10:00:00Z`. */
function lockHolders(text: string): LockHolder[] {
  return [...text.matchAll(/created by \S+@(\S+) \(pid (\d+)\)/g)].map(([, host = "", pid]) => ({
    host,
    pid: Number(pid),
  }));
}

/** What the engine says, and what a user does about it. */
const KNOWN: readonly KnownError[] = [
  {
    pattern: /PULUMI_ACCESS_TOKEN must be set for login|not logged in|run `?pulumi login/i,
    explain: ({ stack }) =>
      new PgtError(`nobody is logged in to a place for the state of stack ${stack}`, {
        exitCode: EXIT.usage,
        fix: backEndFixes(stack),
      }),
  },
  {
    pattern: /passphrase must be set with PULUMI_CONFIG_PASSPHRASE(?![^]*incorrect passphrase)/i,
    explain: ({ stack }) =>
      new PgtError(`the secrets of stack ${stack} need a passphrase, and none is set`, {
        exitCode: EXIT.usage,
        fix: [
          "Set PULUMI_CONFIG_PASSPHRASE_FILE, or PULUMI_CONFIG_PASSPHRASE, to one that the team keeps.",
          `Or make the stack with a key of the cloud: ./pgt pulumi --stack ${stack} -- stack init ${stack} --secrets-provider gcpkms://projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>`,
        ],
      }),
  },
  {
    pattern: /incorrect passphrase|PULUMI_CONFIG_PASSPHRASE|message authentication failed/i,
    explain: (place) =>
      new PgtError(
        `the passphrase in ${place.passphraseFile ?? "the environment"} does not open the secrets of ${place.configFile}`,
        {
          exitCode: EXIT.usage,
          fix: [
            place.passphraseFile === undefined
              ? "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the stack's passphrase."
              : `Put back the passphrase that was in ${place.passphraseFile} when the stack was made.`,
            ...(place.local
              ? [
                  `If it is lost, the data can't be opened with this stack: "./pgt down --delete-data --delete-backups" and begin anew.`,
                ]
              : []),
          ],
        },
      ),
  },
  {
    pattern: /the stack is currently locked by (\d+) lock/i,
    explain: (place, text) =>
      new StackLocked("the stack is locked by another run of the engine", lockHolders(text), {
        fix: ["Wait until it has ended.", `If none is running: ./pgt pulumi --stack ${place.stack} -- cancel --yes`],
      }),
  },
  {
    // https://cloud.google.com/vpc/docs/configure-private-services-access#removing-connection
    pattern: /producer services \(e\.g\. CloudSQL[^)]*\) are still using this connection/i,
    explain: (place) =>
      new PgtError("the cloud still holds the network for the instances that were removed, for up to four days", {
        fix: [`Run the same command again later; nothing else of stack ${place.stack} is lost by that.`],
      }),
  },
  {
    pattern:
      /(could not|failed to) (deserialize|unmarshal|load|read) .*(checkpoint|deployment|snapshot)|invalid character .* looking for|unexpected end of JSON|snapshot integrity/i,
    explain: (place, text) =>
      new PgtError(`the state of stack ${place.stack} is damaged: ${lastLine(text)}`, {
        fix: [
          `The engine keeps the states before beside it, as *.bak and below .pulumi/backups in ${place.backendUrl ?? "the back end"}.`,
          `./pgt pulumi --stack ${place.stack} -- stack import --file <one of them>`,
          "The data volumes are untouched.",
        ],
      }),
  },
];

/** An error of the engine as something that a user can act upon; the engine's own words where we know no better. */
export function engineError(text: string, place: Place): PgtError {
  const known = KNOWN.find(({ pattern }) => pattern.test(text));
  return known?.explain(place, text) ?? new PgtError(`the engine failed: ${essence(text)}`);
}

const SHOWN_LINES = 12;

/** The lines that say something, without the engine's frame. */
function essence(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter(
      (line) => line !== "" && !/^(code|stdout|stderr|err\?)\s*:\s*(-?\d+)?$/.test(line) && !/^\s+at /.test(line),
    );
  return lines
    .slice(-SHOWN_LINES)
    .join("\n")
    .replace(/^error: /, "");
}

function lastLine(text: string): string {
  return essence(text).split("\n").at(-1) ?? "";
}
