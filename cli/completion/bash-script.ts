import type { CommandWords, OptionWords, ProgramWords } from "./completion-words.ts";

/** A script for bash: load it with `source <(pgt completion bash)`. Where it knows no word, bash offers files. */
export function bashScript({ name, options, commands }: ProgramWords): string {
  const function_ = `_${name}`;
  const words = [...commands.map((command) => command.name), ...options.flatMap(spellings)];
  return `# Completion of ${name} for bash: source <(./${name} completion bash)
${function_}_stacks() {
  local folder=. file
  [[ "$1" == */* ]] && folder="\${1%/*}"
  for file in "\${folder/#\\~/$HOME}"/Pulumi.*.yaml; do
    [[ -e "$file" ]] || continue
    file="\${file##*/Pulumi.}"
    printf '%s\\n' "\${file%.yaml}"
  done
}
${function_}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${commands.map((command) => command.name).join("|")}) command="$word"; break ;;
    esac
  done
  COMPREPLY=()
  case "$command" in
    "") words="${words.join(" ")}" ;;
${commands.map((command) => commandCase(command, function_)).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F ${function_} ${name}`;
}

function commandCase(command: CommandWords, function_: string): string {
  const values = command.options.filter(({ takesValue }) => takesValue);
  const words = [...command.choices, ...command.options.flatMap(spellings)].join(" ");
  if (values.length === 0) return `    ${command.name}) words="${words}" ;;`;
  return `    ${command.name})
      case "$previous" in
${values.map((option) => `        ${spellings(option).join("|")}) ${valueOf(option, function_)} ;;`).join("\n")}
        *) words="${words}" ;;
      esac ;;`;
}

function valueOf({ choices, namesStack }: OptionWords, function_: string): string {
  if (namesStack) return `words="$(${function_}_stacks "\${COMP_WORDS[0]}")"`;
  return choices.length === 0 ? "return" : `words="${choices.join(" ")}"`;
}

function spellings({ short, long }: OptionWords): string[] {
  return short === undefined || short === long ? [long] : [short, long];
}
