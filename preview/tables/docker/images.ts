import { readAt } from "../../../topology/limits/limit.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PropertyRule, ResourceTable } from "../../resource-table.ts";

const PROVIDER = "https://github.com/kreuzwerker/terraform-provider-docker/blob/master/internal/provider" as const;
/** An image is made or pulled anew beside the old one; a container names the one that it runs on. */
const IMAGE_RESOURCE = readAt(`${PROVIDER}/resource_docker_image.go`, "2026-07-22");
const REGISTRY_RESOURCE = readAt(`${PROVIDER}/resource_docker_registry_image.go`, "2026-07-22");

const BESIDE: Effect = {
  label: "none",
  what: "no container changes by it alone: one that takes the image has a line of its own",
  source: IMAGE_RESOURCE,
};
const IN_REGISTRY: Effect = { ...BESIDE, source: REGISTRY_RESOURCE };
const UNCHECKED: Effect = {
  ...IN_REGISTRY,
  exposure: true,
  what: "a registry is believed without a certificate that proves it: another one may put its image in the place",
};

const rowsOf = (names: readonly string[], effect: Effect): Record<string, PropertyRule> =>
  Object.fromEntries(names.map((name) => [name, effect]));

function imageTable(names: readonly string[], effect: Effect): ResourceTable {
  return {
    properties: rowsOf(names, effect),
    unlisted: "none",
    created: effect,
    deleted: effect,
    replaced: effect,
  };
}

/** Images that are built. */
export const IMAGE = imageTable(["imageName", "build", "buildOnPreview", "registry", "skipPush"], BESIDE);

/** Images that are pulled. */
export const REMOTE_IMAGE = imageTable(
  ["name", "build", "forceRemove", "keepLocally", "platform", "pullTriggers", "triggers"],
  BESIDE,
);

const REGISTRY = imageTable(["name", "authConfig", "build", "keepRemotely", "triggers"], IN_REGISTRY);

/** Images that are pushed. */
export const REGISTRY_IMAGE: ResourceTable = {
  ...REGISTRY,
  properties: {
    ...REGISTRY.properties,
    insecureSkipVerify: { by: ({ to }) => (to === true ? UNCHECKED : IN_REGISTRY), worst: UNCHECKED },
  },
};
