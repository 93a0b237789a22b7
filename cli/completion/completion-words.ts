import type { Argument, Command, Option } from "commander";

/** An option as a shell completes it. */
export interface OptionWords {
  /** As in `-s`. */
  readonly short: string | undefined;
  /** As in `--stack`. */
  readonly long: string;
  readonly description: string;
  /** Whether a value must follow; a value that may follow is not completed. */
  readonly takesValue: boolean;
  /** The values that it takes; empty when it takes any. */
  readonly choices: readonly string[];
  /** Whether its value is a stack: there is one for each `Pulumi.<stack>.yaml` beside the program. */
  readonly namesStack: boolean;
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its first argument may be; empty when it is anything. */
  readonly choices: readonly string[];
}

/** The words of a whole program: its own options, and its commands. */
export interface ProgramWords {
  readonly name: string;
  readonly options: readonly OptionWords[];
  readonly commands: readonly CommandWords[];
}

/** Reads the words out of the program that help is made from, so that the two can't differ. */
export function completionWords(program: Command): ProgramWords {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).map((command) => ({
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).map(optionWords),
    choices: choicesOf(command, command.registeredArguments[0], program),
  }));
  return { name: program.name(), options: help.visibleOptions(program).map(optionWords), commands };
}

function optionWords(option: Option): OptionWords {
  const { short, long, description, required, argChoices } = option;
  return {
    short,
    long: long ?? short ?? "",
    description,
    takesValue: required,
    choices: argChoices ?? [],
    namesStack: long === "--stack",
  };
}

/** "help" takes the name of a command. */
function choicesOf(command: Command, argument: Argument | undefined, program: Command): readonly string[] {
  if (command.name() === "help") return program.commands.map((other) => other.name());
  return argument?.argChoices ?? [];
}
