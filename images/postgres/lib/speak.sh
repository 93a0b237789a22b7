# What the commands say goes to the container's or the unit's log, in one form.

# Locks and passing state: a container has a /tmp of its own, in memory; a host has a folder that is the server's alone.
RUN=${PGT_RUN:-/tmp}

say() {
  printf '%s pgtopology: %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S UTC')" "$*" >&2
}

# Ends the command: what is wrong, then what to do, one argument a line.
refuse() {
  for line in "$@"; do say "$line"; done
  exit 1
}
