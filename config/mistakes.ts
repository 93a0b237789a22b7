import { EXIT, PgtError } from "../kernel/errors.ts";
import { type Issue, issueText } from "../topology/issue.ts";

/** The mistakes below one key of a configuration. */
export interface Mistakes {
  readonly key: string;
  readonly issues: readonly Issue[];
  /** Whether values were so wrong that what they add up to could not be judged. */
  readonly areTheFirst?: boolean;
}

const OTHERS_MAY_FOLLOW = "Mend these first: what the values add up to is judged when each of them can be read.";

/** A configuration that is refused, for people as text and for programs as a list. */
export class ConfigurationError extends PgtError {
  readonly mistakes: readonly (Issue & Pick<Mistakes, "key">)[];

  constructor(message: string, parts: readonly Mistakes[], fix: readonly string[]) {
    super(message, { exitCode: EXIT.usage, fix });
    this.name = "ConfigurationError";
    this.mistakes = parts.flatMap(({ issues, key }) => issues.map((issue) => ({ key, ...issue })));
  }
}

/** Every mistake of a configuration in one error. @param source the file that the values come from */
export function mistakesIn(parts: readonly Mistakes[], source: string): ConfigurationError {
  const wrong = parts.filter(({ issues }) => issues.length > 0);
  const total = wrong.reduce((sum, { issues }) => sum + issues.length, 0);
  const count = total === 1 ? "1 mistake" : `${total} mistakes`;
  const lists = wrong.map(({ issues, key }) => ({
    key,
    list: issues.map((issue) => `  ${issueText(issue)}`).join("\n"),
  }));
  const text =
    lists.length === 1
      ? lists.map(({ key, list }) => `, below ${key}:\n${list}`).join("")
      : `:\n${lists.map(({ key, list }) => `below ${key}:\n${list}`).join("\n")}`;
  const fix = wrong.some(({ areTheFirst }) => areTheFirst) ? [OTHERS_MAY_FOLLOW] : [];
  return new ConfigurationError(`${count} in ${source}${text}`, wrong, fix);
}
