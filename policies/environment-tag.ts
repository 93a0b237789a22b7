import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { CLOUD_LABELS } from "../topology/names.ts";

const TAG = `${CLOUD_LABELS.environment}:`;

/**
 * The environment that a resource in a cloud carries, as a tag on DigitalOcean and as a label on Google Cloud: judged by
 * itself, nothing else tells it.
 */
export function environmentTag({ props }: PlannedResource): unknown {
  const { labels, settings, tags } = props;
  if (!Array.isArray(tags)) return field(field(settings, "userLabels") ?? labels, CLOUD_LABELS.environment);
  const own = tags.find((tag): tag is string => typeof tag === "string" && tag.startsWith(TAG));
  return own?.slice(TAG.length);
}

/** What an object has under a name; nothing, where it is none. */
export function field(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null ? (source as Record<string, unknown>)[name] : undefined;
}
