#!/bin/sh
# Makes the crate that every gate must refuse, the same bytes each time (GNU tar and gzip). The SHA-256 stands in
# CanaryCrate.java; a test holds the archive against these files.
set -eu
cd "$(dirname "$0")"
crate=lazaret-proof-of-life-1.0.0
LC_ALL=C tar --format=ustar --mtime=@1577836800 --owner=0 --group=0 --numeric-owner --mode=u=rw,go=r -cf - \
  "$crate/Cargo.toml" "$crate/README.md" "$crate/src/lib.rs" |
  gzip -n -9 >"../resources/lazaret/vetting/gate/upstream/$crate.crate"
sha256sum "../resources/lazaret/vetting/gate/upstream/$crate.crate"
