import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import type { ResourceTable } from "../../preview/resource-table.ts";

/** An input that an SDK takes, with what lies below it. */
export interface SdkInput {
  readonly name: string;
  readonly kind: "value" | "object" | "list" | "map";
  /** Of an object, or of each element of a list. */
  readonly fields: readonly SdkInput[];
}

const PACKAGES = join(import.meta.dirname, "..", "..", "node_modules", "@pulumi");
/** Deeper than any that is looked at; rules of some firewalls are made of themselves. */
const MAX_DEPTH = 8;

/**
 * The inputs of resources as the SDK's own types have them, by class.
 * @param resources by class, the file of it: as `{ DatabaseCluster: "databaseCluster" }`
 */
export function sdkInputs(
  provider: string,
  resources: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly SdkInput[]>> {
  const files = Object.values(resources).map((file) => join(PACKAGES, provider, `${file}.d.ts`));
  const program = ts.createProgram(files, {
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: [],
  });
  const checker = program.getTypeChecker();
  const read = Object.entries(resources).map(([name, file]) => {
    const source = program.getSourceFile(join(PACKAGES, provider, `${file}.d.ts`));
    const symbol = source && checker.getSymbolAtLocation(source);
    const args = symbol?.exports?.get(ts.escapeLeadingUnderscores(`${name}Args`));
    assert.ok(args, `the SDK of ${provider} has ${name}Args in ${file}.d.ts`);
    return [name, fieldsOf(checker, checker.getDeclaredTypeOfSymbol(args), 0)] as const;
  });
  return Object.fromEntries(read);
}

/** Paths of inputs that no row of a table is for; a row for a path is for all below it. */
export function inputsWithoutRow(
  inputs: readonly SdkInput[],
  { properties, named = {} }: Pick<ResourceTable, "properties" | "named">,
): string[] {
  const below = (fields: readonly SdkInput[], start: string): string[] =>
    fields.flatMap(({ name, kind, fields: inner }) => {
      const path = start === "" ? name : `${start}.${name}`;
      if (Object.hasOwn(properties, path)) return [];
      if (Object.hasOwn(named, path)) {
        const each = `${path}.<name>`;
        if (Object.hasOwn(properties, each)) return [];
        return inner.length === 0 ? [each] : below(inner, each);
      }
      // Without names, a list or a map is one value: only a row of its own is for it.
      return kind === "object" && inner.length > 0 ? below(inner, path) : [path];
    });
  return below(inputs, "");
}

/** Rows that are for no input: of a name that was misspelt, or that the SDK has no more. */
export function rowsWithoutInput(
  inputs: readonly SdkInput[],
  { properties }: Pick<ResourceTable, "properties">,
): string[] {
  return Object.keys(properties).filter((path) => {
    let fields = inputs;
    let free = false;
    for (const key of path.split(".")) {
      if (key === "<name>") continue;
      const found: SdkInput | undefined = fields.find(({ name }) => name === key);
      if (found === undefined) return !free;
      free = found.kind === "map";
      fields = found.fields;
    }
    return false;
  });
}

function fieldsOf(checker: ts.TypeChecker, type: ts.Type, depth: number): SdkInput[] {
  if (depth > MAX_DEPTH) return [];
  return checker.getPropertiesOfType(type).map((property) => {
    const plain = unwrapped(checker, checker.getTypeOfSymbol(property));
    return { name: property.name, ...shapeOf(checker, plain, depth) };
  });
}

function shapeOf(checker: ts.TypeChecker, type: ts.Type | undefined, depth: number): Omit<SdkInput, "name"> {
  if (type === undefined || (type.flags & ts.TypeFlags.Object) === 0) return { kind: "value", fields: [] };
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    const { fields } = shapeOf(checker, element && unwrapped(checker, element), depth + 1);
    return { kind: "list", fields };
  }
  const keyed = checker.getIndexInfosOfType(type)[0];
  if (keyed !== undefined) {
    return { kind: "map", fields: shapeOf(checker, unwrapped(checker, keyed.type), depth + 1).fields };
  }
  return { kind: "object", fields: fieldsOf(checker, type, depth + 1) };
}

/** `Input<T>` is `T | Promise<T> | OutputInstance<T>`: what a person writes is the plain one. */
function unwrapped(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const empty = ts.TypeFlags.Undefined | ts.TypeFlags.Null;
  const plain = parts.filter(
    (part) => (part.flags & empty) === 0 && !["Promise", "OutputInstance"].includes(part.getSymbol()?.name ?? ""),
  );
  return plain.find((part) => (part.flags & ts.TypeFlags.Object) !== 0) ?? plain[0] ?? checker.getAnyType();
}
