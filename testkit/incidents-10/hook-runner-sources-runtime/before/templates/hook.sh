# Synthetic, inert fixture written from public reports
# written by hookset; change Cargo.toml and install again
[ "$HOOKSET_SKIP" = 1 ] && exit 0
cd "$(git rev-parse --show-toplevel)" || exit 1
echo "hookset: {name}"
{command}
