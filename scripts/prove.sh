#!/usr/bin/env bash
# The third tier of proof: what takes long. Everything of .ci/run, then large oracle runs, faults, validation of every
# resource, a hospital of 5,000 patients, benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
.ci/run

. scripts/find-services.sh
export FASCIA_TEST_SCALE=full FASCIA_TEST_PATIENTS=300
npm test -- --selectProjects faults conformance suites --forceExit
FASCIA_TEST_SCALE='' FASCIA_TEST_PATIENTS=5000 NODE_OPTIONS=--max-old-space-size=8192 npm test -- --forceExit test/suites/truth.test.ts test/suites/scale.test.ts
npm run bench
