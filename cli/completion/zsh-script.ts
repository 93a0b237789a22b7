import type { CommandWords, OptionWords, ProgramWords } from "./completion-words.ts";

/** A script for zsh: load it with `source <(pgt completion zsh)` after compinit. */
export function zshScript({ name, options, commands }: ProgramWords): string {
  const function_ = `_${name}`;
  return `#compdef ${name}
# Completion of ${name} for zsh: source <(./${name} completion zsh)
${function_}_stacks() {
  local -a stacks=(\${folder}/Pulumi.*.yaml(N:t))
  stacks=(\${\${stacks#Pulumi.}%.yaml})
  compadd -a stacks
}
${function_}() {
  local folder=\${~\${(Q)words[1]}:h}
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
${commands.map((command) => `      ${quoted(`${command.name}:${command.description}`)}`).join("\n")}
    )
    _describe command commands
    _arguments ${options.flatMap((option) => specs(option, function_)).join(" ")}
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map((command) => commandCase(command, function_)).join("\n")}
  esac
}
compdef ${function_} ${name}`;
}

function commandCase(command: CommandWords, function_: string): string {
  const argument = command.choices.length > 0 ? `:argument:(${command.choices.join(" ")})` : "*:file:_files";
  return `    ${command.name}) _arguments ${[...command.options.flatMap((option) => specs(option, function_)), quoted(argument)].join(" ")} ;;`;
}

/** One specification for each spelling, as in `--stack=[the stack]:value:_files`. */
function specs(option: OptionWords, function_: string): string[] {
  const { short, long, description, takesValue, choices, namesStack } = option;
  const text = description.replaceAll(/[[\]\\]/g, (character) => `\\${character}`);
  const anything = namesStack ? `${function_}_stacks` : "_files";
  const action = choices.length > 0 ? `(${choices.join(" ")})` : anything;
  const value = takesValue ? `:value:${action}` : "";
  const longSpec = quoted(`${long}${takesValue ? "=" : ""}[${text}]${value}`);
  if (short === undefined || short === long) return [longSpec];
  return [quoted(`${short}[${text}]${value}`), longSpec];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
