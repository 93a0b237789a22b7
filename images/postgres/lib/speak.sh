# What the commands say goes to the container's log, in one form.

say() {
  printf '%s pgtopology: %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S UTC')" "$*" >&2
}

# Ends the command: what is wrong, then what to do, one argument a line.
refuse() {
  for line in "$@"; do say "$line"; done
  exit 1
}
