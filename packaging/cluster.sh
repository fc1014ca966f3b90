# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The plug-in for a store that several servers share, as an archive for LAZARET_PLUGINS of the other packages. Sourced by
# packaging/build.

# Makes the folder $1 of the plug-in: its jars, and what tells of them.
make_cluster_home() {
  rm -rf "$1"
  mkdir -p "$1/jars" "$1/share/doc"
  cp "$dist"/cluster/*.jar "$1/jars/"
  install -m 644 "$root/LICENSE" "$1/LICENSE"
  install -m 644 "$root/docs/cluster.md" "$1/share/doc/cluster.md"
  add_licenses "$1"
  settle_tree "$1"
}

# Writes lazaret-cluster-VERSION.tar.gz, which is the same for each processor.
make_cluster() {
  [[ $1 == "${arches[0]}" ]] || return 0
  make_cluster_home "$work/cluster"
  write_folder "$work/cluster" "lazaret-cluster-$version"
}
