#!/usr/bin/env bash
# Starts the demo as a user would, in a new home, asks it a real question, stops it, and starts it a second time. With --limits it
# fails where the first start takes more than 60 seconds, or the second more than 5: for a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
home="$(mktemp -d)/a home"
log="$(mktemp)"
port=${FASCIA_CHECK_PORT:-18080}
url="http://localhost:$port"
limits=${1:-}
server=''
cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$(dirname "$home")" "$log" "$log.answer"
}
trap cleanup EXIT

start() {
  PORT=$port FASCIA_HOME="$home" node bin/fascia.cjs start >"$log" 2>&1 &
  server=$!
  for _ in $(seq 1 240); do
    if curl -sf -o /dev/null "$url/readyz"; then return 0; fi
    if ! kill -0 "$server" 2>/dev/null; then cat "$log" >&2; return 1; fi
    sleep 0.5
  done
  cat "$log" >&2
  return 1
}

stop() {
  kill -INT "$server"
  wait "$server"
  server=''
}

# timed_start NAME SECONDS
timed_start() {
  local began taken
  began=$(date +%s%3N)
  start
  taken=$(($(date +%s%3N) - began))
  echo "$1 start: $taken ms"
  if [ "$limits" = --limits ] && [ "$taken" -gt $(($2 * 1000)) ]; then echo "more than $2 s" >&2; return 1; fi
}

# ask PATH TEXT: the answer must hold the text.
ask() {
  curl -sf "$url$1" >"$log.answer" || { echo "GET $1 failed" >&2; return 1; }
  grep -q "$2" "$log.answer" || { echo "GET $1 lacks $2" >&2; return 1; }
}

timed_start first 60
ask /fhir/metadata '"fhirVersion":"4.0.1"'
ask '/fhir/Patient?_total=accurate&_count=5' '"resourceType":"Patient"'
ask '/fhir/Observation?_count=5' '"resourceType":"Observation"'
ask / Fascia
stop
timed_start second 5
ask '/fhir/Patient?_count=5' '"resourceType":"Patient"'
stop
echo 'The demo starts, answers, stops, and starts again.'
