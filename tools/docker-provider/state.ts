import { checkInputs } from "./check.ts";
import { revealAll, sealLike, type Properties } from "./properties.ts";
import type { ResourceShape } from "./property-shape.ts";

/**
 * The outputs as the state keeps them: the inputs, what Docker computed beside them, and the version of their form.
 * Defaults are among them, also where the official plugin left them out of the inputs: it takes an output that is not
 * there and then is false for a change, and replaces the container together with the next real one.
 */
export function stateOf(shape: ResourceShape, inputs: Properties, computed: Properties): Properties {
  const { inputs: full } = checkInputs(shape, inputs);
  const meta =
    shape.schemaVersion === undefined ? {} : { __meta: JSON.stringify({ schema_version: shape.schemaVersion }) };
  return { ...sealLike({ ...computed, ...revealAll(full) }, full), ...meta };
}
