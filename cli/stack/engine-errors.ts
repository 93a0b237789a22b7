import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { Place } from "./place.ts";

interface KnownError {
  readonly pattern: RegExp;
  readonly explain: (place: Place, text: string) => PgtError;
}

/** What the engine says, and what a user does about it. */
const KNOWN: readonly KnownError[] = [
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
            `If it is lost, the data can't be opened with this stack: "./pgt down --delete-data --delete-backups" and begin anew.`,
          ],
        },
      ),
  },
  {
    pattern: /the stack is currently locked by (\d+) lock/i,
    explain: (place) =>
      new PgtError("the stack is locked by another run of the engine", {
        fix: ["Wait until it has ended.", `If none is running: ./pgt pulumi --stack ${place.stack} -- cancel --yes`],
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
