import type { OptionWords, ProgramWords } from "./completion-words.ts";

/** A script for fish: load it with `pgt completion fish | source`. */
export function fishScript({ name, options, commands }: ProgramWords): string {
  const lines = [`# Completion of ${name} for fish: ./${name} completion fish | source`, stacksFunction(name)];
  for (const option of options) lines.push(optionLine(name, "__fish_use_subcommand", option));
  for (const command of commands) {
    const seen = `__fish_seen_subcommand_from ${command.name}`;
    lines.push(
      `complete -c ${name} -f -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.description)}`,
      ...command.options.map((option) => optionLine(name, seen, option)),
    );
    if (command.choices.length > 0) {
      lines.push(`complete -c ${name} -f -n ${quoted(seen)} -a ${quoted(command.choices.join(" "))}`);
    }
  }
  return lines.join("\n");
}

/** The stacks beside the program that is being typed. */
function stacksFunction(name: string): string {
  return `function __${name}_stacks
  set -l program (commandline -opc)[1]
  set -l folder (string replace -r '[^/]*$' '' -- $program)
  for file in $folder"Pulumi."*.yaml
    string replace -r '.*Pulumi\\.(.*)\\.yaml$' '$1' -- $file
  end
end`;
}

function optionLine(name: string, condition: string, option: OptionWords): string {
  const { short, long, description, takesValue, choices, namesStack } = option;
  const words = ["complete", "-c", name, "-n", quoted(condition)];
  if (short !== undefined && short !== long) words.push("-s", short.slice(1));
  words.push("-l", long.slice(2));
  if (takesValue) words.push("-r");
  if (namesStack) words.push("-f", "-a", quoted(`(__${name}_stacks)`));
  if (choices.length > 0) words.push("-f", "-a", quoted(choices.join(" ")));
  words.push("-d", quoted(description));
  return words.join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`;
}
