# The exports of the managed database: a restic repository in the bucket, for the commands that read or write it.
# restic encrypts on this host, keeps each export once and its changes, and knows when a file of it is not what it was.
# https://restic.readthedocs.io/en/stable/040_backup.html#reading-data-from-a-command
. /usr/local/lib/pgtopology/speak.sh
set -a
. /etc/pgtopology/exports.env
set +a

LAST_EXPORT=/var/lib/pgbackrest/pgtopology/last-export.json
LAST_EXPORT_CHECK=/var/lib/pgbackrest/pgtopology/last-export-check.json
LOCK_WAIT_SECONDS=3600

# One at a time, so that a lock in the bucket is always of a run that is no more.
lock_exports() {
  exec 8>"$RUN/exports.lock"
  flock --timeout "$LOCK_WAIT_SECONDS" 8 || refuse "another export or check has not ended within $LOCK_WAIT_SECONDS s: gave up."
}

# Nothing is cached: tables of contents are read from the bucket each time.
in_exports() {
  restic --no-cache ${EXPORTS_CA:+--cacert "$EXPORTS_CA"} "$@" 8>&-
}

# Writes a record for `pgt verify`, whole or not at all: a JSON object with the time, what is told, and the errors.
# Arguments: file, field=value ..., then the errors on standard input.
record() {
  mkdir -p "${1%/*}"
  perl -MJSON::PP -MPOSIX=strftime -e '
    my ($file, @fields) = @ARGV;
    chomp(my @errors = grep { /\S/ } <STDIN>);
    my %record = (endedAt => strftime("%Y-%m-%dT%H:%M:%SZ", gmtime), status => @errors ? "error" : "ok",
      errors => \@errors);
    for (@fields) {
      my ($name, $value) = split /=/, $_, 2;
      $record{$name} = $value =~ /^\d+$/ ? 0 + $value : $value;
    }
    open my $out, ">", "$file.new" or die "$file.new: $!\n";
    print $out JSON::PP->new->canonical->encode(\%record), "\n";
    close $out or die "$file.new: $!\n";
    rename "$file.new", $file or die "$file: $!\n";' "$@"
}
