/**
 * The text of a saved preview, which is what policies judge, from an event log: the engine's steps are in both. A saved
 * preview stays as it is. The text is one of them.
 */
export function asSavedPreview(text: string): string {
  if (isSaved(text)) return text;
  const events = text.split("\n").filter((line) => line.trim() !== "");
  const steps = events.flatMap((line) => {
    const step = stepOf(line);
    return step === undefined ? [] : [step];
  });
  return JSON.stringify({ steps });
}

function isSaved(text: string): boolean {
  try {
    return "steps" in (JSON.parse(text) as object);
  } catch {
    return false;
  }
}

interface Metadata {
  readonly op?: unknown;
  readonly urn?: unknown;
  readonly new?: unknown;
}

function stepOf(line: string): { op: unknown; urn: unknown; newState: unknown } | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  const metadata = (event as { resourcePreEvent?: { metadata?: Metadata } } | null)?.resourcePreEvent?.metadata;
  // A refresh looks, and plans nothing.
  if (metadata == null || metadata.op === "refresh") return undefined;
  return { op: metadata.op, urn: metadata.urn, newState: metadata.new };
}
