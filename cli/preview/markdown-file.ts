import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { plain } from "../../preview/markdown-words.ts";
import { stickyMark } from "../../preview/report-markdown.ts";

/** The page of a preview in a file, for a comment on a pull request. */
export class MarkdownFile {
  readonly #path: string;
  readonly #stack: string;

  private constructor(path: string, stack: string) {
    this.#path = path;
    this.#stack = stack;
  }

  /**
   * Writes what holds until there is more: that nothing was checked. A run that is killed leaves no page that passes.
   * @throws {PgtError} exit code 2 when the file can't be written
   */
  static async open(path: string, stack: string): Promise<MarkdownFile> {
    const file = new MarkdownFile(resolve(path), stack);
    await file.writeProblem("the preview has not ended yet");
    return file;
  }

  /** @throws {PgtError} exit code 2 when the file can't be written */
  async write(page: string): Promise<void> {
    try {
      await writeFile(this.#path, page);
    } catch (error) {
      throw new PgtError(`${this.#path} can't be written: ${messageOf(error)}`, {
        exitCode: EXIT.usage,
        fix: ["Name a file in a folder that you may write to."],
        cause: error,
      });
    }
  }

  /** A page that says why there is no other. */
  writeProblem(message: string): Promise<void> {
    const title = `## ⛔ <code>${plain(this.#stack)}</code>: could not be previewed`;
    return this.write([stickyMark(this.#stack), title, plain(message), ""].join("\n\n"));
  }
}
