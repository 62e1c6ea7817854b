#!/usr/bin/env bash
# What people write by hand: reads the account with curl, compares with jq, prints the calls that are needed.
# Usage: plan.sh DESIRED.json, with CHAPORT_BASE_URL and CHAPORT_TOKEN in the environment.
set -euo pipefail
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
get() { curl -fsS -H "Authorization: Bearer $CHAPORT_TOKEN" "$CHAPORT_BASE_URL$1"; }
get /operators >"$folder/operators.json"
get /events/subscriptions >"$folder/subscriptions.json"
jq -nr --slurpfile desired "$1" --slurpfile operators "$folder/operators.json" \
  --slurpfile subscriptions "$folder/subscriptions.json" -f "$here/changes.jq"
