/** One mistake in a topology: everything that a user needs to mend it. */
export interface Issue {
  /** Path of the field, as in `replicas.a.port`. */
  readonly where: string;
  readonly got: string;
  readonly want: string;
  readonly because?: string;
  readonly fix: string;
}

/** A path as text. A key that is no plain word is in quotes. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((key) => (/^[\w<>$-]+$/.test(String(key)) ? String(key) : JSON.stringify(String(key)))).join(".");
}

/** An issue in one paragraph: where · got · want · because · fix. A text of several lines, as a table, stands below its word. */
export function issueText(issue: Issue): string {
  const because = issue.because === undefined ? [] : [["because", issue.because] as const];
  const lines = [["got", issue.got] as const, ["want", issue.want] as const, ...because, ["fix", issue.fix] as const];
  return [
    printableLine(issue.where),
    ...lines.map(([word, text]) => `    ${word}:${belowOrBeside(printable(text))}`),
  ].join("\n");
}

const LONGEST_WORD = 120;

/** What somebody wrote may hold anything: no control characters for the terminal, no word of a thousand letters. */
export function printable(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\n]|[\u2028\u2029\p{Bidi_Control}]/gu, unicodeEscape)
    .replaceAll(/\S{121,}/gu, (word) => `${word.slice(0, LONGEST_WORD)}…`);
}

/** The same in one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll("\n", "\\n");
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function belowOrBeside(text: string): string {
  return text.includes("\n") ? `\n${text.replace(/^/gm, "        ")}` : ` ${text}`;
}
