# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The package for Debian and Ubuntu. Sourced by packaging/build.

# Writes lazaret_VERSION-REVISION_ARCH.deb for the processor $1.
make_deb() {
  command -v dpkg-deb >/dev/null || die "cannot build a .deb: expected dpkg-deb in PATH, found none; install dpkg"
  local arch tree=$work/$1/deb doc file
  arch=$(jdk_arch "$1")
  doc=$tree/usr/share/doc/lazaret
  rm -rf "$tree"
  make_system_tree "$tree" zsh/vendor-completions
  mkdir "$tree/DEBIAN"
  # Debian has the text of this license in each system.
  install -m 644 "$here/debian/copyright" "$doc/copyright"
  debian_changelog | gzip -9 -n >"$doc/changelog.Debian.gz"
  gzip -9 -n -c "$root/CHANGELOG.md" >"$doc/changelog.gz"
  rm "$doc/CHANGELOG.md"
  install -D -m 644 "$here/debian/lintian-overrides" "$tree/usr/share/lintian/overrides/lazaret"
  for file in preinst postinst prerm postrm; do
    sed "s/@VERSION@/$version-$revision/g" "$here/debian/$file" >"$tree/DEBIAN/$file"
    chmod 755 "$tree/DEBIAN/$file"
  done
  echo /etc/lazaret/lazaret.toml >"$tree/DEBIAN/conffiles"
  settle_tree "$tree"
  (cd "$tree" && find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
  sed -e "s/@VERSION@/$version-$revision/; s/@ARCH@/$arch/; s/@GLIBC@/$(least_glibc "$tree$system_home")/" \
    -e "s/@SIZE@/$(du -k -s --apparent-size --exclude=DEBIAN "$tree" | cut -f 1)/" \
    -e "$([[ $1 == aarch64 ]] || printf '/^Recommends:/s/, curl//')" \
    "$here/debian/control.in" >"$tree/DEBIAN/control"
  touch -d "@$epoch" "$tree"/DEBIAN/* "$tree/DEBIAN"
  dpkg-deb --root-owner-group -Zxz -z3 --build "$tree" "$output/lazaret_$version-${revision}_$arch.deb" >&2
}

maintainer='Lazaret developers <lazaret@example.org>'

# Prints the entry of this version for changelog.Debian.
debian_changelog() {
  printf 'lazaret (%s-%s) unstable; urgency=medium\n\n  * Build of version %s; its changes are in changelog.gz.\n\n -- %s  %s\n' \
    "$version" "$revision" "$version" "$maintainer" "$(date -u -R -d "@$epoch")"
}
