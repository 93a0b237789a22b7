import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

/**
 * Compares a rendered text with the file that holds it. PGT_WRITE_EXPECTED=1 writes the file instead, for a change that is
 * meant: the difference is then there to be read before it is committed.
 */
export function assertExpectedText(file: URL, text: string): void {
  if (process.env.PGT_WRITE_EXPECTED === "1") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}
