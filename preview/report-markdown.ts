import type { PreviewReport, ReportedChange, ReportedResource } from "./report.ts";
import { weightOf } from "./gate.ts";
import { code, link, plain, table } from "./markdown-words.ts";
import { costRows, costSentence, notPricedText } from "./cost-words.ts";
import { bugLines, bugsTitle, headline, leftAloneText } from "./report-words.ts";

/** The most that GitHub takes in a comment. */
const MOST_CHARACTERS = 65_536;

/** More lines of one list than anybody reads. */
const MOST_LINES = 400;

/** By this a later page is put in place of an earlier one. */
export function stickyMark(stack: string): string {
  return `<!-- pgt preview ${stack.replaceAll(/[^a-z0-9-]/gi, "")} -->`;
}

/** The page about a plan, for a comment: the worst first, and what is long behind a title to open. */
export function reportMarkdown(report: PreviewReport): string {
  for (let most = MOST_LINES; most > 1; most = Math.floor(most / 2)) {
    const page = pageOf(report, most);
    if (page.length <= MOST_CHARACTERS) return page;
  }
  return pageOf(report, 1).slice(0, MOST_CHARACTERS);
}

function pageOf(report: PreviewReport, most: number): string {
  const { reasons, resources, stack, unseen, wish } = report;
  const weighty = (resources ?? []).filter(({ exposure, label }) => exposure || label !== "none");
  const light = (resources ?? []).filter((resource) => !weighty.includes(resource));
  return [
    stickyMark(stack),
    `## ${report.passes ? "✅" : "⛔"} ${code(stack)}: ${plain(headline(report))}`,
    plain(`From ${report.source}.`),
    listed(
      "What stops it",
      cut(reasons, most).map(({ permission, text }) => permitted(text, permission)),
      rest(reasons, most),
    ),
    listed(
      "Permitted",
      cut(report.permitted, most).map(
        ({ expires, id, owner, reason }) => `${code(id)} until ${plain(expires)} by ${plain(owner)}: ${plain(reason)}`,
      ),
      rest(report.permitted, most),
    ),
    section("What the configuration changes", wishTable(cut(wish, most)), restOfSorted(wish, most)),
    section("What the plan changes of databases", resourceTable(cut(weighty, most)), restOfSorted(weighty, most)),
    folded(
      `${light.length} more of databases, without an effect on them`,
      resourceTable(cut(light, most)),
      restOfSorted(light, most),
    ),
    plain(leftAloneText(report)),
    policiesText(report, most),
    section("What it promises", objectiveTable(report)),
    costSection(report),
    bugsSection(report, most),
    listed("Not seen", cut(unseen, most).map(plain), rest(unseen, most)),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function permitted(text: string, permission: string | undefined): string {
  return permission === undefined ? plain(text) : `${plain(text)}<br>permit it: ${code(permission)}`;
}

function wishTable(wish: readonly ReportedChange[]): string {
  const rows = wish.map((change) => [
    plain(weightOf(change.label, change.exposure)),
    code(change.property),
    `${code(change.from)} → ${code(change.to)}`,
    `${plain(change.what)} ${link(change.source)}`,
  ]);
  return table(["label", "field", "from → to", "what happens"], rows);
}

function resourceTable(resources: readonly ReportedResource[]): string {
  const rows = resources.flatMap(({ changes, name, operation, type }) =>
    changes.map((change, at) => [
      plain(weightOf(change.label, change.exposure)),
      at === 0 ? `${code(name)}<br>${plain(`${operation} of ${type}`)}` : "″",
      change.property === "" ? "" : `${code(change.property)}: ${code(change.from)} → ${code(change.to)}`,
      `${plain(change.what)}${marks(change)} ${link(change.source)}`,
    ]),
  );
  return table(["label", "resource", "property: from → to", "what happens"], rows);
}

function marks({ drifted, unknown }: ReportedChange): string {
  return `${unknown ? " **(unknown: the worst that is plausible)**" : ""}${drifted ? " **(changed past Pulumi)**" : ""}`;
}

function objectiveTable({ objectives }: PreviewReport): string {
  const rows = objectives.map(({ from, isWorse, to, what }) => [
    plain(what),
    plain(from),
    `${plain(to)}${isWorse ? " ⚠ worse" : ""}`,
  ]);
  return table(["promised", "now", "after"], rows);
}

function costSection({ cost }: PreviewReport): string {
  if (cost === null || costSentence(cost) === "") return "";
  const rows = costRows(cost).map((cells) => cells.map(plain));
  const notes = [notPricedText(cost), ...cost.notes].filter((note) => note !== "").map(plain);
  const detail = folded(
    "Line by line",
    [table(["part", "what", "now", "after"], rows), bullets(notes)].filter((part) => part !== "").join("\n\n"),
    "",
  );
  return section("What it costs", plain(costSentence(cost)), detail);
}

function bugsSection({ bugs }: PreviewReport, most: number): string {
  if (bugs === null) return "";
  const lines = bugLines(bugs);
  return [`### Bugs of providers`, plain(bugsTitle(bugs)), bullets(cut(lines, most).map(plain)), rest(lines, most)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What is mandatory stands among what stops it. */
function policiesText({ policies }: PreviewReport, most: number): string {
  const advice = (policies ?? []).filter(({ mandatory }) => !mandatory);
  const lines = cut(advice, most).map(({ message, policy }) => `${code(policy)} ${plain(message)}`);
  return folded(`Advice of ${count(advice.length, "policy", "policies")}`, bullets(lines), rest(advice, most));
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}

function section(title: string, body: string, end = ""): string {
  return body === "" ? "" : [`### ${title}`, body, end].filter((part) => part !== "").join("\n\n");
}

function listed(title: string, lines: readonly string[], end: string): string {
  return section(title, bullets(lines), end);
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function folded(title: string, body: string, end: string): string {
  if (body === "") return "";
  const parts = [`<details><summary>${plain(title)}</summary>`, body, end, "</details>"];
  return parts.filter((part) => part !== "").join("\n\n");
}

function cut<T>(list: readonly T[], most: number): readonly T[] {
  return list.slice(0, most);
}

/** What is not shown is named, and where it is. */
function rest(list: readonly unknown[], most: number): string {
  return restNamed(list.length - most, "");
}

/** The same of what is listed the worst first. */
function restOfSorted(list: readonly unknown[], most: number): string {
  return restNamed(list.length - most, ", none of them worse");
}

function restNamed(number: number, addition: string): string {
  return number <= 0 ? "" : `_… and ${number} more${addition}: \`pgt preview --json\` has them all._`;
}
