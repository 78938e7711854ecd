# A private PostgreSQL in $work, on a free port of loopback; for scripts that define `fail`.
#
#   find_postgres    whether its programs are here
#   start_postgres   sets KAGI_TEST_POSTGRES_URL; passes its arguments to the server
#   stop_postgres    ends it, if it was started

find_postgres() {
  local found
  found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
  found=${found:-$(command -v initdb || true)}
  postgres_bin=${found:+$(dirname "$(readlink -f "$found")")}
  [[ -n $postgres_bin && -x $postgres_bin/postgres ]]
}

stop_postgres() {
  if [[ -n ${postgres_pid-} ]]; then
    kill -INT "$postgres_pid" 2>/dev/null || true
    wait "$postgres_pid" 2>/dev/null || true
  fi
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ $EUID -eq 0 ]]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  else
    exec "$@"
  fi
}

start_postgres() {
  local data=$work/postgres password try port
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  chmod 711 "$work"
  mkdir "$data"
  (umask 077 && printf '%s' "$password" >"$work/password")
  if [[ $EUID -eq 0 ]]; then chown postgres: "$data" "$work/password"; fi
  (as_postgres "$postgres_bin/initdb" -D "$data" -U kagi_test --pwfile="$work/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8) >"$work/initdb.log" 2>&1 ||
    { cat "$work/initdb.log" >&2 && fail 'the database cluster could not be made'; }
  for try in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 12000))
    (as_postgres "$postgres_bin/postgres" -D "$data" -p "$port" -c listen_addresses=127.0.0.1 \
      -c unix_socket_directories= -c max_connections=400 "$@") >"$work/postgres.log" 2>&1 &
    postgres_pid=$!
    if wait_for_postgres "$port"; then
      KAGI_TEST_POSTGRES_URL=postgres://kagi_test:$password@127.0.0.1:$port/postgres
      return
    fi
    wait "$postgres_pid" || true
    unset postgres_pid
  done
  cat "$work/postgres.log" >&2
  fail 'the database did not start'
}

# Until it answers, or has ended because another program has the port.
wait_for_postgres() {
  local tick
  for tick in {1..300}; do
    kill -0 "$postgres_pid" 2>/dev/null || return 1
    if grep -qs 'ready to accept connections' "$work/postgres.log"; then return 0; fi
    sleep 0.1
  done
  kill -INT "$postgres_pid" 2>/dev/null || true
  return 1
}
