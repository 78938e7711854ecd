# A Keycloak in $work with the realm of tests/keycloak, on a free port of loopback; for scripts that define `fail`.
#
#   find_keycloak    whether what it needs is here; $keycloak_needs lists what is not, as Debian names it
#   start_keycloak   sets KAGI_TEST_KEYCLOAK, unless it names a server that has the realm
#   stop_keycloak    ends it, if it was started

keycloak_version=26.4.7

find_keycloak() {
  keycloak_needs=()
  if [[ -n ${KAGI_TEST_KEYCLOAK-} ]]; then return; fi
  command -v java >/dev/null || keycloak_needs+=(default-jre-headless)
  command -v mvn >/dev/null || keycloak_needs+=(maven)
  command -v unzip >/dev/null || keycloak_needs+=(unzip)
  ((${#keycloak_needs[@]} == 0))
}

stop_keycloak() {
  if [[ -n ${keycloak_pid-} ]]; then
    kill "$keycloak_pid" 2>/dev/null || true
    wait "$keycloak_pid" 2>/dev/null || true
  fi
}

start_keycloak() {
  local home=$work/keycloak-$keycloak_version try port
  if [[ -n ${KAGI_TEST_KEYCLOAK-} ]]; then return; fi
  { mvn --batch-mode --quiet dependency:copy -DoutputDirectory="$work" -Dmdep.useBaseVersion=true \
      -Dartifact="org.keycloak:keycloak-quarkus-dist:$keycloak_version:zip" &&
    unzip -q "$work/keycloak-quarkus-dist-$keycloak_version.zip" -d "$work"; } >"$work/keycloak-install.log" 2>&1 ||
    { tail -n 20 "$work/keycloak-install.log" >&2 && fail 'Keycloak could not be installed'; }
  mkdir -p "$home/data/import"
  cp tests/keycloak/realm.json "$home/data/import/team-realm.json"
  for try in 1 2 3; do
    port=$((32000 + RANDOM % 12000))
    # The script passes the signal that ends it on to Java.
    (export JAVA_OPTS_KC_HEAP='-Xms64m -Xmx512m'
      exec "$home/bin/kc.sh" start-dev --import-realm --http-host=127.0.0.1 --http-port="$port") \
      >"$work/keycloak.log" 2>&1 &
    keycloak_pid=$!
    if wait_for_keycloak "$port"; then
      KAGI_TEST_KEYCLOAK=http://127.0.0.1:$port
      return
    fi
    stop_keycloak
    unset keycloak_pid
  done
  tail -n 40 "$work/keycloak.log" >&2
  fail 'Keycloak did not start'
}

# Until it has the realm, or has ended because another program has the port.
wait_for_keycloak() {
  local tick
  for tick in {1..600}; do
    kill -0 "$keycloak_pid" 2>/dev/null || return 1
    if python3 - "$1" 2>/dev/null <<'PYTHON'; then return 0; fi
import sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/realms/team/.well-known/openid-configuration", timeout=2)
PYTHON
    sleep 0.5
  done
  return 1
}
