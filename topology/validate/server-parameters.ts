import type { Issue } from "../issue.ts";
import { valueProblem } from "../parameters/check-value.ts";
import type { Major } from "../parameters/server-settings.ts";
import { type ParameterValue, refusedParameter } from "../parameters.ts";

/** What is wrong with the parameters of a server that the stack runs itself; `section` is where they are written. */
export function serverParameterIssues(
  section: string,
  parameters: Readonly<Record<string, ParameterValue>>,
  version: Major,
): Issue[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const problem = parameterProblem(name, value, version);
    return problem === undefined ? [] : [{ where: `${section}.${name}`, ...problem }];
  });
}

function parameterProblem(name: string, value: ParameterValue, version: Major): Omit<Issue, "where"> | undefined {
  const instead = refusedParameter(name);
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name)) {
    return { got: name, want: "a parameter's name, in lower case", fix: "see the names in pg_settings" };
  }
  if (instead !== undefined) {
    return {
      got: String(value),
      want: "not to be set here: the topology decides it",
      because: instead,
      fix: `remove it${instead.includes(" ") ? "" : `, and set ${instead}`}`,
    };
  }
  if (/[\n\r\0]/.test(String(value))) {
    return { got: "more than one line", want: "one line", fix: "remove the line break" };
  }
  return valueProblem(version, name, value);
}
