const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gu;
const WHOLE = /^(?:0|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/u;

/** Nanoseconds of a duration as Go writes it (`1m30s`); `undefined` when it is not one. */
export function nanosecondsOf(duration: string): number | undefined {
  if (!WHOLE.test(duration)) return undefined;
  const parts = [...duration.matchAll(PART)];
  return Math.round(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (NANOSECONDS[unit ?? ""] ?? 0), 0));
}

/** The duration as Go writes it: `0s`, `10s`, `1m30s`, `1h0m0s`. */
export function durationOf(nanoseconds: number): string {
  if (nanoseconds > 0 && nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
  const hours = Math.floor(nanoseconds / 3600e9);
  const minutes = Math.floor((nanoseconds % 3600e9) / 60e9);
  const seconds = `${(nanoseconds % 60e9) / 1e9}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
