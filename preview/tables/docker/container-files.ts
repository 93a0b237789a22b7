import { parseIni, parsePostgresqlConf } from "../../../facts/conf-files.ts";
import { plannedPart, uploadedText } from "../../../facts/from-plan/docker-part.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import { TLS_VERSIONS } from "../../../topology/change/docker-effects.ts";
import { descends } from "../../../topology/change/rule.ts";
import { type PlannedStep, SECRET, type StepProperties } from "../../planned-step.ts";

type Loosens = (old: string, next: string) => boolean;

/** How the files that are put into a container may let others in, by their names. */
const GUARDS: Readonly<Record<string, Loosens>> = {
  "postgresql.conf": (old, next) => {
    const [before, after] = [parsePostgresqlConf(old), parsePostgresqlConf(next)];
    return (
      isWeaker(before.ssl_min_protocol_version, after.ssl_min_protocol_version) ||
      (isOn(before.ssl) && !isOn(after.ssl)) ||
      isOpened(before.listen_addresses, after.listen_addresses)
    );
  },
  // Each line lets somebody in, but for those that refuse.
  "pg_hba.conf": (old, next) => {
    const before = lines(old);
    return (
      lines(next).some((line) => !before.includes(line) && !line.endsWith(" reject")) ||
      before.some((line) => line.endsWith(" reject") && !lines(next).includes(line))
    );
  },
  "pgbouncer.ini": (old, next) => {
    const [before, after] = [parseIni(old).pgbouncer ?? {}, parseIni(next).pgbouncer ?? {}];
    return (
      tlsRank(before.client_tls_sslmode) > tlsRank(after.client_tls_sslmode) ||
      tlsProtocols(after).some((one) => !tlsProtocols(before).includes(one)) ||
      isOpened(before.listen_addr, after.listen_addr)
    );
  },
};

/** Names of files by which others may get in from then on; of one that can't be read, too. */
export function loosenedFiles(step: PlannedStep): string[] {
  const [old, next] = [step.old?.inputs ?? {}, step.next?.inputs ?? {}];
  const hidden = changedSecretFiles(step);
  return Object.entries(GUARDS).flatMap(([name, loosens]) => {
    if (hidden.includes(name)) return [name];
    const before = fileOf(old, name);
    const after = fileOf(next, name);
    if (before === undefined || after === undefined || before === UNKNOWN || after === UNKNOWN) return [];
    return before !== after && loosens(before, after) ? [name] : [];
  });
}

/** Names of files whose text is secret, on either side, and differs. */
export function changedSecretFiles({ old, next, diffs }: PlannedStep): string[] {
  const names = diffs.flatMap(({ path }) => {
    if (path === "uploads") return [old, next].flatMap((state) => secretFiles(state?.inputs.uploads));
    const at = /^uploads\[(\d+)\]/.exec(path)?.[1];
    if (at === undefined) return [];
    return [old, next].flatMap((state) => secretFiles(elementAt(state?.inputs.uploads, Number(at))));
  });
  return [...new Set(names)];
}

function elementAt(list: unknown, at: number): unknown[] {
  return Array.isArray(list) && at < list.length ? [list[at]] : [];
}

function secretFiles(uploads: unknown): string[] {
  if (!Array.isArray(uploads)) return [];
  return uploads.flatMap((upload: unknown) => {
    if (typeof upload !== "object" || upload === null) return [];
    const { file, content } = upload as { file?: unknown; content?: unknown };
    return content === SECRET && typeof file === "string" ? [file.slice(file.lastIndexOf("/") + 1)] : [];
  });
}

function fileOf(inputs: StepProperties, name: string): string | undefined | typeof UNKNOWN {
  return uploadedText(plannedPart({ type: "", urn: "", name: "", props: inputs }), name);
}

function isWeaker(from: string | undefined, to: string | undefined): boolean {
  const all = [...TLS_VERSIONS, "TLSv1.1", "TLSv1"];
  return from !== undefined && descends({ from, to: to ?? "TLSv1.2" }, all);
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(on|true|yes|1)$/i.test(value);
}

function isOpened(from: string | undefined, to: string | undefined): boolean {
  const known = (from ?? "").split(",").map((address) => address.trim());
  if (known.includes("*")) return false;
  const added = (to ?? "").split(",").map((address) => address.trim());
  return added.some((address) => !known.includes(address) && !["", "localhost", "127.0.0.1", "::1"].includes(address));
}

/** `secure` is what is there without a word. @see https://www.pgbouncer.org/config.html#client_tls_protocols */
function tlsProtocols({ client_tls_protocols: words = "secure" }: Readonly<Record<string, string>>): string[] {
  const secure = ["tlsv1.2", "tlsv1.3"];
  const groups: Readonly<Record<string, string[]>> = { secure, all: ["tlsv1.0", "tlsv1.1", ...secure] };
  return words.split(",").flatMap((word) => groups[word.trim()] ?? [word.trim()]);
}

/** From no TLS to a client's certificate; what is not there is none. */
function tlsRank(mode: string | undefined): number {
  return ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"].indexOf(mode ?? "disable");
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim().replaceAll(/\s+/g, " "))
    .filter((line) => line !== "");
}
