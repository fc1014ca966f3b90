# Synthetic, inert fixture written from public reports
# Makes src/ranges.txt. Run by hand before a release, never by a build.
set -eu
cd "$(dirname "$0")/.."
new=$(mktemp)
trap 'rm -f "$new"' EXIT
echo "# published $(date -u +%F); scripts/ranges.sh makes this file" > "$new"
curl --proto '=https' -fsS https://www.delivery-service.invalid/ips-v4 >> "$new"
curl --proto '=https' -fsS https://www.delivery-service.invalid/ips-v6 >> "$new"
grep -vE '^(#|[0-9a-f.:]+/[0-9]+$)' "$new" && { echo "unexpected lines" >&2; exit 1; }
mv "$new" src/ranges.txt
git --no-pager diff --stat src/ranges.txt
