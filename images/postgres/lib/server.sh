# What primary and replica have in common: the data volume, and the settings that PostgreSQL will have.
. /usr/local/lib/pgtopology/speak.sh

DATA=/var/lib/postgresql/data
# A cluster is made here and renamed when it is whole, so that PGDATA is whole or absent.
UNFINISHED=$DATA/pgdata.new
CONF=/etc/pgtopology/postgresql.conf
LOCK_WAIT_SECONDS=5

# postmaster.pid does not show another container's server: its process ids mean nothing here. The lock is the open
# file's, which the server inherits, so it lasts as long as the server does and not longer.
lock_data_volume() {
  exec 9>"$DATA/.lock"
  flock --timeout "$LOCK_WAIT_SECONDS" 9 ||
    refuse "another container runs a server on this data volume: refusing to start a second one." \
      "Stop the other container; this one starts by itself then."
}

has_cluster() {
  [ -e "$PGDATA" ] || return 1
  [ -f "$PGDATA/PG_VERSION" ] ||
    refuse "$PGDATA holds something that is no database cluster: refusing to touch it." \
      "Look at it, and move it away if it is of no use."
  version=$(cat "$PGDATA/PG_VERSION")
  [ "$version" = 17 ] ||
    refuse "the data volume holds a cluster of PostgreSQL $version, and this image carries 17: refusing to touch it."
}

# The half-made cluster becomes the cluster, also if the machine loses power right after.
finish_cluster() {
  sync
  mv "$UNFINISHED" "$PGDATA"
  sync "$DATA"
}

# A setting as postgresql.conf has it; without PGDATA, because a cluster need not exist yet.
setting() {
  env -u PGDATA postgres -C "$1" -c config_file="$CONF" -c ident_file=/dev/null 2>"$RUN/setting.error" ||
    refuse "$CONF: $(cat "$RUN/setting.error")"
}

# Runs beside the server but not as its child: PostgreSQL takes an unknown child's death by a signal for a crash.
beside_server() {
  setsid --fork "$@" 9>&-
}
