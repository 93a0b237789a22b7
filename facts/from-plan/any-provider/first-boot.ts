import type { FirstBootText } from "../../../requirements/facts/secrets.ts";
import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import { GCP_TYPES } from "../gcp/resource-types.ts";
import { object, type Planned, type PlannedResource } from "../planned-resource.ts";
import { hasSecretUrl, isSecretName } from "../secret-variables.ts";

const DROPLET = "digitalocean:index/droplet:Droplet";

/** Types that {@link firstBootTexts} come from. */
export const FIRST_BOOT_TYPES: readonly string[] = [DROPLET, GCP_TYPES.machine];

/** What machines are told at their first start: their metadata service tells it to every process of theirs again. */
export function firstBootTexts(resources: readonly PlannedResource[]): readonly FirstBootText[] {
  return resources
    .filter(({ type }) => FIRST_BOOT_TYPES.includes(type))
    .map((resource) => ({ name: resource.name, secrets: secretsIn(textsOf(resource)) }));
}

function textsOf({ props, type }: PlannedResource): readonly Planned[] {
  if (type === DROPLET) return [props.userData];
  const metadata = object(props, "metadata");
  return [props.metadataStartupScript, ...(metadata === UNKNOWN ? [UNKNOWN] : Object.values(metadata))];
}

/** Names of assignments, as in `DB_PASSWORD=…` and `password: …`; what has no name is told of by its kind. */
function secretsIn(texts: readonly Planned[]): Known<readonly string[]> {
  const known = texts.filter((one) => typeof one === "string");
  const found = known.flatMap((text) => [
    ...[...text.matchAll(/([A-Za-z_][A-Za-z0-9_]*)\s*[=:]\s*["']?([^\s"']+)/g)].flatMap(([, name = "", value = ""]) =>
      isSecretName(name) && !/^[$<{/|>]/.test(value) ? [name] : [],
    ),
    ...(hasSecretUrl(text) ? ["a URL with a password, or a private key"] : []),
  ]);
  return found.length === 0 && texts.includes(UNKNOWN) ? UNKNOWN : [...new Set(found)];
}
