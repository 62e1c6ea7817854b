#!/usr/bin/env bash
# What people write by hand: plans, then makes one call after another with curl.
# Usage: apply.sh DESIRED.json, with CHAPORT_BASE_URL and CHAPORT_TOKEN in the environment.
set -euo pipefail
calls=$("$(dirname "$0")/plan.sh" "$1")
[ -n "$calls" ] || exit 0
while IFS=$'\t' read -r method path body; do
  # @tsv writes a backslash as two.
  curl -fsS -o /dev/null -X "$method" -H "Authorization: Bearer $CHAPORT_TOKEN" \
    -H 'Content-Type: application/json' --data "${body//\\\\/\\}" "$CHAPORT_BASE_URL$path"
done <<<"$calls"
