#!/usr/bin/env bash
# The third tier of proof: what takes long. Everything of .ci/run, then large oracle runs, faults, validation of every resource, benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
.ci/run

export FASCIA_TEST_SCALE=full
npm test -- --selectProjects faults conformance suites --forceExit
npm run bench
