# Limits in which a replica must not be below the primary whose WAL it replays.
# https://www.postgresql.org/docs/17/hot-standby.html#HOT-STANDBY-ADMIN
. /usr/local/lib/pgtopology/server.sh

# The server's arguments for each limit that the WAL replayed so far needs higher than the configuration has it.
raised_limits() {
  control=$(pg_controldata "$PGDATA")
  while read -r name field; do
    needed=$(printf '%s\n' "$control" | sed -n "s/^$field setting: *//p")
    [ "${needed:-0}" -le "$(setting "$name")" ] || printf -- '-c %s=%s ' "$name" "$needed"
  done <<LIMITS
max_connections max_connections
max_prepared_transactions max_prepared_xacts
max_locks_per_transaction max_locks_per_xact
max_wal_senders max_wal_senders
max_worker_processes max_worker_processes
LIMITS
}
