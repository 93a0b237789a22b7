#!/bin/sh
# What a person would write by hand to get the topology of the bench: the same containers from the same image with the
# same files, and the same health to wait for. run.ts gives what differs from run to run, and compares the containers.
# In the environment: NAME, IMAGE, FILES (a folder for each part, and roles.sql), PRIMARY_PORT, REPLICA_PORT, POOLER_PORT.
set -eu

TIMEOUT_SECONDS=300

make() {
  part=$1 memory=$2 shm=$3 signal=$4 grace=$5
  shift 5
  docker create --name "$NAME-$part" --label "pgtopology.stack=$NAME" --label "pgtopology.part=$part" \
    --hostname "$part" --network "$NAME" --network-alias "$part" --user postgres --cap-drop ALL \
    --security-opt no-new-privileges --memory "$memory" --memory-swap "$memory" --cpus 1 --shm-size "$shm" \
    --tmpfs /tmp:uid=999,gid=999,mode=0700 --restart unless-stopped --log-driver json-file --log-opt max-size=20m \
    --log-opt max-file=2 --stop-signal "$signal" --stop-timeout "$grace" --health-cmd "pgt-healthy ${part%-a}" \
    --health-interval 2s --health-timeout 10s --health-retries 5 --health-start-period 30s "$@" >/dev/null
  (cd "$FILES/$part" && find etc -type f | tar --create --owner=999 --group=999 --numeric-owner --files-from=-) |
    docker cp - "$NAME-$part:/"
  docker start "$NAME-$part" >/dev/null
}

wait_healthy() {
  deadline=$(($(date +%s) + TIMEOUT_SECONDS))
  until [ "$(docker inspect --format '{{.State.Health.Status}}' "$NAME-$1")" = healthy ]; do
    if [ "$(date +%s)" -ge "$deadline" ]; then
      echo "$1 is not healthy after $TIMEOUT_SECONDS s" >&2
      exit 1
    fi
    sleep 0.2
  done
}

docker network create --label "pgtopology.stack=$NAME" "$NAME" >/dev/null
for volume in primary-data replica-a-data backups socket; do
  docker volume create --label "pgtopology.stack=$NAME" "$NAME-$volume" >/dev/null
done
primary_data=$NAME-primary-data:/var/lib/postgresql/data
replica_data=$NAME-replica-a-data:/var/lib/postgresql/data
backups=$NAME-backups:/var/lib/pgbackrest
socket=$NAME-socket:/run/postgresql

make primary 512m 128m SIGINT 60 --publish "127.0.0.1:$PRIMARY_PORT:5432" --volume "$primary_data" \
  --volume "$backups" --volume "$socket" "$IMAGE" pgt-primary
wait_healthy primary
make replica-a 512m 128m SIGINT 60 --network-alias readers --publish "127.0.0.1:$REPLICA_PORT:5432" --volume "$replica_data" \
  --volume "$backups" "$IMAGE" pgt-replica
make pooler 128m 64m SIGINT 15 --publish "127.0.0.1:$POOLER_PORT:6432" --env PGT_POOL=app \
  --env PGT_POOLER_ROLE=pooler "$IMAGE" pgt-pooler
make scheduler 256m 64m SIGTERM 30 --volume "$primary_data" --volume "$backups" --volume "$socket" \
  "$IMAGE" pgt-scheduler 02:00

docker exec --interactive "$NAME-primary" psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 \
  --host=/run/postgresql --username=postgres --dbname=postgres <"$FILES/roles.sql"
for part in replica-a pooler scheduler; do wait_healthy "$part"; done
