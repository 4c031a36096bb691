# Sourced by .ci/run and scripts/prove.sh: names the services and the shared folder that answer here, where the caller has not named them.
answers() { timeout 3 bash -c "exec 3<>/dev/tcp/$1/$2" 2>/dev/null; }

if [ -z "${FASCIA_TEST_DATABASE_URL:-}" ] && answers 127.0.0.1 5432; then export FASCIA_TEST_DATABASE_URL="postgres://$(id -un)@127.0.0.1:5432/test"; fi
if [ -z "${FASCIA_TEST_MARIADB_URL:-}" ] && answers 127.0.0.1 3306; then export FASCIA_TEST_MARIADB_URL=mysql://root@127.0.0.1:3306/test; fi
if [ -z "${FASCIA_SHARED:-}" ] && [ -d ../shared/validator ]; then FASCIA_SHARED="$(cd ../shared && pwd)"; export FASCIA_SHARED; fi
printf 'postgresql: %s\nmariadb: %s\nshared: %s\n' "${FASCIA_TEST_DATABASE_URL:-none}" "${FASCIA_TEST_MARIADB_URL:-none}" "${FASCIA_SHARED:-none}"
