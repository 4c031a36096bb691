#!/usr/bin/env bash
# The third tier of proof: what takes long. Everything of .ci/run, then large oracle runs, faults, validation of every
# resource, a hospital of 5,000 patients, mutants that the oracle must notice, benchmarks. Does not begin without the validator.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

. scripts/find-services.sh
if [ ! -d "${FASCIA_SHARED:-}/validator" ]; then
  echo 'FASCIA_SHARED names no folder with a validator: what it judges would be skipped.' >&2
  exit 1
fi
.ci/run
bash scripts/check-start.sh --limits

export FASCIA_TEST_SCALE=full FASCIA_TEST_PATIENTS=300
npm test -- --selectProjects faults conformance suites --forceExit
FASCIA_TEST_SCALE='' FASCIA_TEST_PATIENTS=5000 NODE_OPTIONS=--max-old-space-size=8192 npm test -- --forceExit test/suites/truth.test.ts test/suites/scale.test.ts
node test/oracle/run-mutants.ts
npm run bench
