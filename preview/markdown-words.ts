/** What means something to Markdown, HTML, or a line of a table; also what makes a link of an address. */
const MEANINGFUL = /[\\`*_{}[\]()<>#+!|~&"'$:=^@]/g;

/** Zero-width: it parts a sign from a word, so that nobody is called and no issue is pointed at. */
const BREAK = "&#8203;";

/** A text that shows as it is written, whatever it holds. */
export function plain(text: string): string {
  return escaped(text)
    .replaceAll(/&#64;(?=\w)/g, `&#64;${BREAK}`)
    .replaceAll(/&#35;(?=\w)/g, `&#35;${BREAK}`)
    .replaceAll(/^(\s*)([-\d])/g, `$1${BREAK}$2`);
}

/** The same, as something that a machine takes: nothing is put between its letters. In code, nobody is called. */
export function code(text: string): string {
  return text === "" ? "" : `<code>${escaped(text)}</code>`;
}

function escaped(text: string): string {
  return text
    .replaceAll(MEANINGFUL, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/\s*\n\s*/g, "<br>")
    .replaceAll(/\b(www)\./gi, "$1&#46;");
}

/** Where something is from: a link for an address, else the file. */
export function link(source: string): string {
  const [, address, rest = ""] = /^(https:\/\/[^\s()<>[\]|"'\\]+)( .*)?$/s.exec(source) ?? [];
  if (address === undefined) return code(source);
  return `[source](${address})${plain(rest)}`;
}

/** A table; none without rows. Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
