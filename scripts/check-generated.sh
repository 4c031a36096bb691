#!/usr/bin/env bash
# Fails when a generated file differs from what is committed.
set -euo pipefail
cd "$(dirname "$0")/.."
npm run --silent generate
if [ -n "$(git status --porcelain -- capability-statement openapi docs/mappings src/fhir/definitions)" ]; then
  git --no-pager diff --stat -- capability-statement openapi docs/mappings src/fhir/definitions
  git status --short -- capability-statement openapi docs/mappings src/fhir/definitions
  echo 'Generated files differ: run "npm run generate" and commit the result.' >&2
  exit 1
fi
echo 'Generated files are up to date.'
