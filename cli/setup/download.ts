import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { messageOf, PgtError } from "../../kernel/errors.ts";

/** A file to download, and the checksum that it must have. */
export interface Download {
  readonly url: string;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly to: string;
  readonly signal: AbortSignal;
  /** How long the site may be silent, at the beginning and in between: {@link SILENCE_TIMEOUT_MS} unless told. */
  readonly silenceTimeoutMs?: number;
  readonly say: (line: string) => void;
}

/** A site that says nothing for so long is given up. */
const SILENCE_TIMEOUT_MS = 15_000;

const MIB = 1024 * 1024;

/**
 * Downloads the file and checks what came.
 * @throws {PgtError} when the site can't be reached, is silent for too long, refuses, or sends something else.
 */
export async function download(file: Download): Promise<void> {
  const silenceTimeoutMs = file.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS;
  const silence = new AbortController();
  const giveUp = (): void => {
    silence.abort(new PgtError(`${file.url}: nothing came for ${silenceTimeoutMs / 1000} s`));
  };
  const timer = setTimeout(giveUp, silenceTimeoutMs);
  const signal = AbortSignal.any([file.signal, silence.signal]);
  try {
    const response = await fetch(file.url, { signal });
    if (!response.ok || response.body === null) throw new PgtError(`${file.url}: answered ${response.status}`);
    const hash = createHash("sha256");
    let bytes = 0;
    const watch = new Transform({
      transform(chunk: Buffer, _, done) {
        timer.refresh();
        hash.update(chunk);
        bytes += chunk.length;
        file.say(`downloading, ${Math.floor(bytes / MIB)} MiB so far`);
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(file.to), { signal });
    const got = hash.digest("hex");
    if (got !== file.sha256) throw new PgtError(`${file.url}: got sha256 ${got}, want ${file.sha256}`);
  } catch (error) {
    file.signal.throwIfAborted();
    if (silence.signal.aborted) throw silence.signal.reason;
    if (error instanceof PgtError) throw error;
    const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : "";
    throw new PgtError(`${file.url}: ${messageOf(error)}${cause}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
