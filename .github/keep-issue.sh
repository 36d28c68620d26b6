#!/usr/bin/env bash
# Keeps one issue: opens or reopens it where something was found, brings its text up to date, closes it where nothing is left.
# Usage: … | keep-issue.sh TITLE true|false, with the text as input, and GH_TOKEN and GH_REPO in the environment.
set -euo pipefail

export TITLE=$1
has_found=$2
awk '(size += length($0) + 1) < 60000' > body.md # whole lines; the forge takes 65,536 characters
issue=$(gh issue list --app github-actions --state all --limit 1000 --json number,title,state \
  --jq 'map(select(.title == env.TITLE)) | first // empty | "\(.number) \(.state)"')
read -r number state <<< "$issue" || true
if [ -n "$number" ]; then
  gh issue edit "$number" --body-file body.md
  if [ "$has_found" = true ] && [ "$state" = CLOSED ]; then gh issue reopen "$number"; fi
  if [ "$has_found" = false ] && [ "$state" = OPEN ]; then gh issue close "$number"; fi
elif [ "$has_found" = true ]; then
  gh issue create --title "$TITLE" --body-file body.md
fi
