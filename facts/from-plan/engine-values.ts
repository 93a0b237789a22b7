// How the engine writes what is secret or not known yet:
// https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/resource/properties.go and .../plugin/rpc.go
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const NOT_KNOWN_YET = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** What `pulumi preview --json` and the engine's events have in place of a secret. */
const HIDDEN = "[secret]";

/** The engine's own component around everything that a program makes. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Whether a value is the engine's word for one that is only known after an update. */
export function isNotKnownYet(value: unknown): boolean {
  return value === NOT_KNOWN_YET;
}

/** Whether the engine keeps a value secret. */
export function isSecret(value: unknown): boolean {
  if (value === HIDDEN) return true;
  return (
    typeof value === "object" && value !== null && (value as Record<string, unknown>)[SIGNATURE] === SECRET_SIGNATURE
  );
}

/** What a secret is, where it was shown with `--show-secrets`; `undefined` elsewhere. It is judged, and never shown. */
export function plaintextOf(value: unknown): { readonly plain: unknown } | undefined {
  const { plaintext } = (typeof value === "object" && value !== null ? value : {}) as { plaintext?: unknown };
  return typeof plaintext === "string" ? { plain: JSON.parse(plaintext) as unknown } : undefined;
}

/** The last part of a URN: Pulumi's name of a resource. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

/** The stack that a URN is of, as in `urn:pulumi:prod::project::type::name`. */
export function stackOfUrn(urn: string): string {
  return urn.replace(/^urn:pulumi:/, "").split("::", 1)[0] ?? "";
}
