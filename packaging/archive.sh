# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The archives: both programs, the command line, and the command line without a runtime and a database. Sourced by packaging/build.

# Writes lazaret-VERSION-linux-ARCH.tar.gz for the processor $1.
make_tar() { write_folder "$home" "lazaret-$version-linux-$1"; }

# Writes lazaret-cli-VERSION-linux-ARCH.tar.gz for the processor $1, and lazaret-cli-VERSION.tar.gz for all systems.
make_cli() {
  write_folder "$cli_home" "lazaret-cli-$version-linux-$1"
  # The same for each processor.
  [[ $1 == "${arches[0]}" ]] || return 0
  local plain=$work/lazaret-cli-plain
  mkdir "$plain"
  cp -a "$cli_home"/{bin,jars,share,LICENSE,vetting-cli.*,bundle.flags,cargo-credential.*} "$plain/"
  rm -f "$plain"/*.aot
  # The library of the database is a file of one system.
  rm "$plain"/jars/rocksdbjni-*.jar
  grep -v '^rocksdbjni-' "$cli_home/vetting-cli.jars" >"$plain/vetting-cli.jars"
  install -m 644 "$here/launcher/find-java" "$plain/find-java"
  settle_tree "$plain"
  write_folder "$plain" "lazaret-cli-$version"
}

# Writes the folder $1 under the name $2 to the archive of that name.
write_folder() {
  local top=$work/archive
  rm -rf "$top"
  mkdir "$top"
  cp -a "$1" "$top/$2"
  write_archive "$top" "$2" "$output/$2.tar.gz"
  say "wrote $2.tar.gz"
}
