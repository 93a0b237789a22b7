import { PATHS } from "../paths.ts";
import { HOST_PATHS } from "./host-paths.ts";

/** https://docs.digitalocean.com/products/droplets/how-to/provide-user-data/ */
const MOST_BYTES = 64 * 1024;

/** What a Debian mirror serves; restic keeps the exports, openssl makes the server's key. */
const PACKAGES = "postgresql-17 pgbackrest pgbouncer restic openssl ca-certificates unattended-upgrades e2fsprogs";

/**
 * The user data of a data host: a script for its first boot, without configuration and without secrets, because whoever
 * is on the host can read it. What it makes is the same however often it runs.
 * @param volume DigitalOcean's name of the block volume that the database lives on.
 */
export function renderBootstrap({ volume }: { volume: string }): string {
  // The name stands in a script.
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(volume)) {
    throw new RangeError(`${JSON.stringify(volume)} is no name of a volume: lower-case letters, digits and dashes`);
  }
  const text = [
    ...[HEAD, settings(volume), TOOLS, BEGIN, PACKAGES_STEP, UPGRADES, SSH],
    ...[VOLUME, MOUNT, FOLDERS, END],
  ].join("\n");
  if (Buffer.byteLength(text) > MOST_BYTES) throw new RangeError(`user data of more than ${MOST_BYTES} bytes`);
  return text;
}

const HEAD = `#!/bin/sh
# First boot of a data host: packages, the volume of the database, security upgrades, SSH by key alone. Configuration and
# secrets come later, over SSH. Each step can be run again: ${HOST_PATHS.bootstrap} finishes what was left undone.
set -eu
umask 022
`;

function settings(volume: string): string {
  return `LOG=${HOST_PATHS.bootstrapLog}
DONE=${HOST_PATHS.bootstrapDone}
SELF=${HOST_PATHS.bootstrap}
VOLUME=/dev/disk/by-id/scsi-0DO_Volume_${volume}
DATA=${PATHS.data}
PACKAGES="${PACKAGES}"
OTHER_RUN_SECONDS=1800
VOLUME_SECONDS=300
APT_LOCK_SECONDS=600
export DEBIAN_FRONTEND=noninteractive
`;
}

/** `set -e` does not hold in a function that is asked for its success: each step is plain lines, and this names it. */
const TOOLS = `say() { printf '%s %s\\n' "$(date -u '+%Y-%m-%dT%H:%M:%SZ')" "$*"; }

begin() {
  step=$1
  say "begin: $step"
}

refuse() {
  say "$*"
  exit 1
}

ended() {
  status=$?
  [ "$status" -ne 0 ] || return 0
  rm -f "$DONE"
  say "failed: $step (exit status $status)"
  echo "the bootstrap has failed at: $step. See $LOG; $SELF tries again." >&3
}

# Writes standard input to a file; changed=yes when that is another content.
write_file() {
  new=$(mktemp)
  cat >"$new"
  changed=no
  if ! cmp -s "$new" "$1"; then
    install --mode=0644 "$new" "$1.new"
    mv "$1.new" "$1"
    changed=yes
  fi
  rm "$new"
}
`;

const BEGIN = `exec 3>&2 >>"$LOG" 2>&1
step=start
trap ended EXIT

begin "wait for another run"
exec 9>/run/pgtopology-bootstrap.lock
flock --timeout "$OTHER_RUN_SECONDS" 9 || refuse "another run has not ended within $OTHER_RUN_SECONDS s"

begin "keep this script"
if [ -f "$0" ] && ! cmp -s "$0" "$SELF"; then
  install -D --mode=0755 "$0" "$SELF.new"
  mv "$SELF.new" "$SELF"
fi
`;

const PACKAGES_STEP = `begin "packages"
# The packages would start a server and a pooler of their own.
install --directory /etc/postgresql-common
echo 'create_main_cluster = false' | write_file /etc/postgresql-common/createcluster.conf
systemctl mask --quiet postgresql.service pgbouncer.service
missing=
for package in $PACKAGES; do
  [ "$(dpkg-query --show --showformat='\${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
  # What an earlier run was killed in.
  dpkg --configure --pending --force-confold
  apt-get --quiet -o DPkg::Lock::Timeout="$APT_LOCK_SECONDS" -o Acquire::Retries=3 update
  # Word splitting is meant.
  # shellcheck disable=SC2086
  apt-get --quiet -o DPkg::Lock::Timeout="$APT_LOCK_SECONDS" -o Acquire::Retries=3 \\
    -o Dpkg::Options::=--force-confold install --yes --no-install-recommends $missing
fi
`;

const UPGRADES = `begin "security upgrades"
# A server that runs goes on with its own version until it is started anew. Nothing reboots by itself.
write_file /etc/apt/apt.conf.d/60pgtopology <<'CONF'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "false";
CONF
`;

/** sshd takes the first value that it meets, and reads this folder's files in the order of their names. */
const SSH = `begin "SSH by key alone"
install --directory /etc/ssh/sshd_config.d
write_file /etc/ssh/sshd_config.d/10-pgtopology.conf <<'CONF'
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
CONF
[ "$changed" = no ] || systemctl try-reload-or-restart ssh.service
`;

/** A file system that was being made when the machine went down has the first label: nothing was ever kept on it. */
const VOLUME = `begin "volume"
waited=0
until [ -b "$VOLUME" ]; do
  [ "$waited" -lt "$VOLUME_SECONDS" ] || refuse "$VOLUME: not attached within $VOLUME_SECONDS s"
  sleep 1
  waited=$((waited + 1))
done
# 2 is blkid's word for nothing at all; any other failure ends the run.
found=$(blkid --probe --match-tag TYPE --output value "$VOLUME") || [ $? -eq 2 ]
label=
[ "$found" != ext4 ] || label=$(e2label "$VOLUME")
case $found/$label in
/ | ext4/pgt-unfinished)
  mkfs.ext4 -q -F -L pgt-unfinished "$VOLUME"
  e2label "$VOLUME" pgtopology
  ;;
ext4/*) ;;
*) refuse "$VOLUME holds $found and not ext4: refusing to touch it" ;;
esac
`;

const MOUNT = `begin "mount"
# nofail: without its volume the host still boots, so that SSH reaches it. The server then refuses to start.
if ! grep -q " $DATA " /etc/fstab; then
  { cat /etc/fstab; echo "$VOLUME $DATA ext4 defaults,nofail,noatime,discard 0 2"; } | write_file /etc/fstab
  systemctl daemon-reload
fi
install --directory "$DATA"
mountpoint --quiet "$DATA" || mount "$DATA"
source=$(findmnt --noheadings --output SOURCE --mountpoint "$DATA")
[ "$source" = "$(readlink -f "$VOLUME")" ] || refuse "$DATA: $source is mounted and not $VOLUME"
`;

const FOLDERS = `begin "folders"
echo 'd ${HOST_PATHS.run} 0700 postgres postgres -' | write_file /etc/tmpfiles.d/pgtopology.conf
systemd-tmpfiles --create /etc/tmpfiles.d/pgtopology.conf
install --directory --owner=postgres --group=postgres --mode=0700 "$DATA" ${PATHS.repository} ${PATHS.secrets}
install --directory --owner=root --group=root --mode=0755 /etc/pgtopology
install --directory --owner=postgres --group=postgres --mode=0755 /etc/pgtopology/tls
install --directory ${HOST_PATHS.library}
`;

const END = `begin "done"
install --directory "\${DONE%/*}"
[ -e "$DONE" ] || touch "$DONE"
say "done"
`;
