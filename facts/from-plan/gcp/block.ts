import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import type { Planned } from "../planned-resource.ts";

type Values = Readonly<Record<string, Planned>>;

/**
 * A block of inputs, whose properties are read with what holds where they are not set. What the engine does not know yet,
 * or what is of another type than the provider's, is {@link UNKNOWN}, and so is everything below it.
 */
export class Block {
  readonly #values: Known<Values>;

  private constructor(values: Known<Values>) {
    this.#values = values;
  }

  static of(value: Planned): Block {
    if (isUnset(value)) return new Block({});
    return new Block(isObject(value) ? value : UNKNOWN);
  }

  text<const T>(name: string, unset: T): Known<string> | T {
    return this.#read(
      name,
      unset,
      (value) => (typeof value === "string" ? value : UNKNOWN),
      (value) => value === "",
    );
  }

  /** Also one that is written as text. */
  number<const T>(name: string, unset: T): Known<number> | T {
    return this.#read(name, unset, numberOf, (value) => value === "");
  }

  flag<const T>(name: string, unset: T): Known<boolean> | T {
    return this.#read(name, unset, (value) => {
      if (value === true || value === "true") return true;
      return value === false || value === "false" ? false : UNKNOWN;
    });
  }

  /** One that is not set has nothing set in it. */
  block(name: string): Block {
    return this.#values === UNKNOWN ? this : Block.of(this.#values[name]);
  }

  /** One unknown block makes the list unknown; one that is not set is empty. */
  blocks(name: string): Known<readonly Block[]> {
    return this.#read<readonly Block[], readonly Block[]>(name, [], (value) =>
      Array.isArray(value) && value.every(isObject) ? value.map((item) => Block.of(item)) : UNKNOWN,
    );
  }

  /** Whether it is there, whatever is in it. A state has empty texts and lists for what is not. */
  has(name: string): Known<boolean> {
    if (this.#values === UNKNOWN) return UNKNOWN;
    const value = this.#values[name];
    return !isUnset(value) && value !== "" && !(Array.isArray(value) && value.length === 0);
  }

  /** Names of what is set in it. */
  names(): Known<readonly string[]> {
    return this.#values === UNKNOWN ? UNKNOWN : Object.keys(this.#values);
  }

  #read<R, T>(
    name: string,
    unset: T,
    read: (value: Planned) => Known<R>,
    isEmpty: (value: Planned) => boolean = () => false,
  ): Known<R> | T {
    if (this.#values === UNKNOWN) return UNKNOWN;
    const value = this.#values[name];
    if (isUnset(value) || isEmpty(value)) return unset;
    return value === UNKNOWN ? UNKNOWN : read(value);
  }
}

function numberOf(value: Planned): Known<number> {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : UNKNOWN;
}

function isUnset(value: Planned): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: Planned): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
