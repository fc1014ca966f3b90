# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The folder with everything that the programs need, which each package contains. Sourced by packaging/build.

# Makes the folders $work/ARCH/lazaret (both programs) and $work/ARCH/lazaret-cli (the command line with the database for run)
# for the processor $1, and sets home and cli_home to them.
make_home() {
  local arch=$1 jars
  home=$work/$arch/lazaret
  cli_home=$work/$arch/lazaret-cli
  say "preparing the programs for $arch ..."
  mkdir -p "$home/jars"
  for jars in "$dist"/{vetting-cli,mirror-server}; do
    copy_jars "$jars" "$home/jars"
  done
  # With the modules of the plug-in for a cluster (java.sql, java.naming), which other packages add: one runtime fits one set of caches.
  make_runtime "$arch" "$home/runtime" "$dist/vetting-cli" "$dist/cluster"
  copy_database_library "$arch" "$home/native"
  # Jars for LAZARET_PLUGINS, which no class path of a program has.
  mkdir -p "$home/plugins"
  cp -r "$dist/tracing" "$home/plugins/tracing"
  list_jars mirror-server >"$home/mirror-server.jars"
  list_jars vetting-cli >"$home/vetting-cli.jars"
  write_flags mirror-server "${server_flags[@]}"
  write_flags vetting-cli "${cli_flags[@]}"
  write_flags bundle "${bundle_flags[@]}"
  # The JVM refuses an AOT cache together with the choice of its own archive, which a runtime of jlink lacks.
  write_flags cargo-credential "${credential_flags[@]/#-Xshare:auto/-XX:AOTMode=auto}"
  (cd "$home/jars" && echo cargo-credential-*.jar) >"$home/cargo-credential.jars"
  install_program launcher/mirror-server "$home/bin/mirror-server"
  install_program launcher/vetting-cli "$home/bin/vetting-cli"
  install_program ../bin/aot "$home/training/aot"
  install_program training/train "$home/training/train"
  # A package names its interpreter itself, so that no other one of PATH is used.
  sed -i '1s|/usr/bin/env bash|/bin/bash|' "$home"/training/{aot,train}
  install -m 644 "$here"/training/{lib,corpus}.sh "$home/training/"
  cp -r "$here/training/crates" "$home/training/crates"
  add_texts "$home"
  settle_tree "$home"

  mkdir "$cli_home"
  cp -a "$home"/{bin,jars,native,runtime,training,share,LICENSE,vetting-cli.jars,vetting-cli.flags,bundle.flags,cargo-credential.*} "$cli_home/"
  rm "$cli_home/bin/mirror-server"
  # The gate is trained in the package that contains it.
  rm -r "$cli_home"/training/{corpus.sh,crates}
  find "$cli_home"/share/{man,completions} -name '*mirror-server*' -delete
  find "$cli_home/share/man" -type d -empty -delete
  rm -r "$cli_home/share/doc/observability"
  settle_tree "$cli_home"
  train_caches "$arch"
}

copy_jars() {
  local jar name
  for jar in "$1"/*.jar; do
    name=$(basename "$jar")
    case $name in
      rocksdbjni-*) name=${name/-linux64/} && [[ -e $2/$name ]] || copy_without_libraries "$jar" "$2/$name" ;;
      *) [[ -e $2/$name ]] || cp "$jar" "$2/$name" ;;
    esac
  done
}

# Prints the names of the jars of the program $1, in the order of its class path.
list_jars() {
  local jar
  for jar in "$dist/$1"/*.jar; do
    basename "$jar" | sed '/^rocksdbjni-/s/-linux64//'
  done
}

# Writes the options of the JVM for the program $1 as a file for java @FILE.
write_flags() {
  local file=$home/$1.flags
  shift
  printf '%s\n' "$@" >"$file"
}

# Adds license, documentation, manual pages and completions to the folder $1.
add_texts() {
  local share=$1/share
  install -D -m 644 "$root/LICENSE" "$1/LICENSE"
  mkdir -p "$share/doc"
  cp "$root"/{README,CHANGELOG,SECURITY,GLOSSARY}.md "$share/doc/"
  mkdir "$share/doc/docs"
  cp "$root"/docs/*.md "$share/doc/docs/"
  install -D -m 644 "$root/docs/hooks/pre-commit" "$share/doc/docs/hooks/pre-commit"
  cp -r "$here/observability" "$share/doc/observability"
  "$jdk/bin/java" -cp "$dist/vetting-cli/*" lazaret.manual.Main "$share"
  # Texts of the licenses of the jars.
  add_licenses "$1"
}

# Trains the AOT caches of both folders with their own runtime and programs. A cache fits only the runtime it was made with,
# and only a machine of the processor can run that; for others the package trains when it is installed.
train_caches() {
  [[ $caches == yes && $1 == "$(uname -m)" ]] || return 0
  say "training AOT caches ..."
  "$home/training/train" >"$work/training.log" 2>&1 && "$cli_home/training/train" --server "$home" >>"$work/training.log" 2>&1 || {
    cat "$work/training.log" >&2
    die "cannot train the AOT caches; see above, or build with --no-caches"
  }
  settle_tree "$home"
  settle_tree "$cli_home"
}
