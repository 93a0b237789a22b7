/** Something that is not as asked. */
export interface Difference {
  /** `primary`, `replica-<key>`, `pooler`. */
  readonly where: string;
  /** Of a setting. */
  readonly name: string;
  readonly want: string;
  readonly got: string;
}
