# The backup repository, for the commands that read or write it.
. /usr/local/lib/pgtopology/speak.sh

REPOSITORY=/var/lib/pgbackrest
LAST_CHECK=$REPOSITORY/pgtopology/last-check.json
LOCK_FILE=$RUN/repository.lock
LOCK_WAIT_SECONDS=3600
# pgBackRest's exit status where another process of it has the lock, and how often it is tried, a second apart.
LOCK_TAKEN=50
STANZA_TRIES=60

# One backup or check at a time: the schedule's and a user's wait for each other.
lock_repository() {
  exec 8>"$LOCK_FILE"
  flock --nonblock 8 && return
  say "waiting for another backup or check to end"
  flock --timeout "$LOCK_WAIT_SECONDS" 8 ||
    refuse "another backup or check has not ended within $LOCK_WAIT_SECONDS s: gave up."
}

# Unix time at which the newest backup began, 0 without one. Argument: a perl pattern of the types that count.
newest_backup() {
  pgbackrest info --stanza=main --output=json | perl -MJSON::PP -e '
    my $newest = 0;
    for my $stanza (@{decode_json(join "", <STDIN>)}) {
      for my $backup (@{$stanza->{backup}}) {
        next if $backup->{error} || $backup->{type} !~ /^(?:$ARGV[0])$/;
        $newest = $backup->{timestamp}{start} if $backup->{timestamp}{start} > $newest;
      }
    }
    print "$newest\n";' "$1"
}

# Whether the repository knows of this cluster, with backups (0) or without (2).
# https://pgbackrest.org/command.html#command-info
has_stanza() {
  pgbackrest info --stanza=main --output=json | perl -MJSON::PP -e '
    my ($stanza) = @{decode_json(join "", <STDIN>)};
    my $code = $stanza ? $stanza->{status}{code} : 1;
    exit($code == 0 || $code == 2 ? 0 : 1);'
}

# Takes the archiver's lock, which a server that is at work gives up for moments only.
make_stanza() {
  tries=0
  until pgbackrest --stanza=main stanza-create 8>&-; do
    status=$?
    tries=$((tries + 1))
    [ "$status" -eq "$LOCK_TAKEN" ] && [ "$tries" -lt "$STANZA_TRIES" ] || return "$status"
    sleep 1
  done
}
