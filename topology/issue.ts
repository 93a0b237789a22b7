/** One mistake in a topology: everything that a user needs to mend it. */
export interface Issue {
  /** Path of the field, as in `replicas.a.port`. */
  readonly where: string;
  readonly got: string;
  readonly want: string;
  readonly because?: string;
  readonly fix: string;
}

/** An issue in one paragraph: where · got · want · because · fix. */
export function issueText(issue: Issue): string {
  const because = issue.because === undefined ? "" : `\n    because: ${issue.because}`;
  return `${issue.where}\n    got: ${issue.got}\n    want: ${issue.want}${because}\n    fix: ${issue.fix}`;
}
