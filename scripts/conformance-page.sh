#!/usr/bin/env bash
# Writes the results in docs/conformance.md anew: nexcage on its backends, with plain crun and runc as controls.
# Takes three minutes. `make conformance` builds what it runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly page=docs/conformance.md
readonly bin=${SCRATCH:-.build}/debug
[[ -x $bin/nexcage-conformance && -x $bin/nexcage ]] || { echo "run make conformance first" >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/nexcage-page.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
echo '{}' >"$work/config.json"
export NEXCAGE_RUNTIME_DATA_PATH=$work/data

nexcage="$bin/nexcage --config $work/config.json"
"$bin/nexcage-conformance" --format markdown --known Tests/Conformance/known \
    --runtime "nexcage-crun=$nexcage --runtime crun" --runtime crun \
    --runtime "nexcage-runc=$nexcage --runtime runc" --runtime runc >"$work/results.md"

sed '/^<!-- results/q' "$page" >"$work/page.md"
printf '\n' | cat "$work/page.md" - "$work/results.md" >"$page"
