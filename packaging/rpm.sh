# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The package for Fedora and its relatives. Sourced by packaging/build.

# Writes lazaret-VERSION-REVISION.ARCH.rpm for the processor $1.
make_rpm() {
  command -v rpmbuild >/dev/null || die "cannot build an .rpm: expected rpmbuild in PATH, found none; install rpm (Debian) or rpm-build (Fedora)"
  local tree=$work/$1/rpm top=$work/$1/rpmbuild
  rm -rf "$tree" "$top"
  make_system_tree "$tree" zsh/site-functions
  install -D -m 644 "$root/LICENSE" "$tree/usr/share/licenses/lazaret/LICENSE"
  settle_tree "$tree"
  mkdir -p "$top"
  # Files that exist only with other parts of the product, such as manual pages, are listed when they are there.
  (cd "$tree" && {
    find usr/lib/lazaret usr/share/lazaret -type d -printf '%%dir "/%p"\n'
    find . \( -type f -o -type l \) ! -path './etc/*' ! -path './usr/share/doc/*' ! -path './usr/share/licenses/*' -printf '"/%P"\n'
  } | sort) >"$top/files"
  rpmbuild -bb --quiet --target "$1" --buildroot "$top/root" \
    --define "_topdir $top" --define "_rpmdir $top" --define "_buildhost lazaret" --define "use_source_date_epoch_as_buildtime 1" \
    --define "lazaret_tree $tree" --define "lazaret_version $version" \
    --define "lazaret_revision $revision" --define "lazaret_glibc $(least_glibc "$tree$system_home")" \
    --define "lazaret_date $(date -u -d "@$epoch" '+%a %b %d %Y')" "$here/rpm/lazaret.spec" >&2
  mv "$top/$1/lazaret-$version-$revision.$1.rpm" "$output/"
}
