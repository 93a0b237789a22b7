import * as pulumi from "@pulumi/pulumi";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { PROJECT, SECRET_NAMES_KEY, SECRETS_KEY } from "./keys.ts";

/** The values of a stack's configuration; what is missing is noted, and told at the end all at once. */
export class StackValues {
  readonly #stack: string;
  readonly #config = new pulumi.Config(PROJECT);
  readonly #held: ReadonlySet<string>;
  readonly #secrets: pulumi.Output<Readonly<Record<string, string>>> | undefined;
  readonly #missing: string[] = [];

  constructor(stack: string) {
    this.#stack = stack;
    this.#held = new Set(this.#config.getObject<readonly string[]>(SECRET_NAMES_KEY) ?? []);
    this.#secrets = this.#config.getSecretObject<Readonly<Record<string, string>>>(SECRETS_KEY);
  }

  /** The topology's shape, not looked at yet. */
  topology(): unknown {
    return this.#config.getObject("topology");
  }

  /** A value that is no secret. */
  plain(key: string): string {
    return this.#config.get(key) ?? this.#placeholder(key);
  }

  /** One of the stack's secrets, by its name. */
  secret(name: string): pulumi.Output<string> {
    if (this.#secrets === undefined || !this.#held.has(name)) return pulumi.secret(this.#placeholder(name));
    return this.#secrets.apply((secrets) => this.#heldSecret(secrets, name));
  }

  /** Warns of what is missing in a preview. @throws {PgtError} in an update */
  reportMissing(): void {
    if (this.#missing.length === 0) return;
    const text = `stack ${this.#stack} has no value yet for ${this.#missing.join(", ")}`;
    const fix = `"./pgt up --stack ${this.#stack}" makes them.`;
    if (!pulumi.runtime.isDryRun()) throw new PgtError(text, { exitCode: EXIT.usage, fix: [fix] });
    void pulumi.log.warn(`${text}. Placeholders stand for them in this preview, and an update will refuse. ${fix}`);
  }

  #placeholder(key: string): string {
    this.#missing.push(key);
    return `(${key} is not set)`;
  }

  #heldSecret(secrets: Readonly<Record<string, string>>, name: string): string {
    const value = secrets[name];
    if (value !== undefined) return value;
    const list = `${PROJECT}:${SECRET_NAMES_KEY}`;
    throw new PgtError(`stack ${this.#stack} lists ${name} in ${list}, but ${PROJECT}:${SECRETS_KEY} lacks it`, {
      exitCode: EXIT.usage,
      fix: [`Remove ${name} from ${list} and run "./pgt up --stack ${this.#stack}", which makes it anew.`],
    });
  }
}
