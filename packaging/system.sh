# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The tree of files of .deb and .rpm, which differ in few places. Sourced by packaging/build.

system_home=/usr/lib/lazaret

# Makes the tree $1 of what the packages install, from $home: zsh looks for completions in the folder $2.
make_system_tree() {
  local tree=$1 share=$1/usr/share file name completions=$home/share/completions
  mkdir -p "$tree$system_home" "$tree/usr/bin" "$tree/etc/lazaret" "$share/doc/lazaret" "$share/lazaret"
  cp -a "$home"/{bin,native,runtime,training} "$tree$system_home/"
  # Files for all processors have their place in /usr/share (FHS 3.0, 4.11).
  cp -a "$home/jars" "$share/lazaret/"
  cp -a "$home/plugins" "$share/lazaret/"
  ln -s ../../share/lazaret/jars ../../share/lazaret/plugins "$tree$system_home/"
  cp -a "$home"/*.jars "$home"/*.flags "$tree$system_home/"
  [[ ! -e $home/mirror-server.aot ]] || cp -a "$home"/*.aot "$tree$system_home/"
  write_arguments >"$tree$system_home/gate.args"
  ln -s ../lib/lazaret/bin/mirror-server ../lib/lazaret/bin/vetting-cli "$tree/usr/bin/"
  install -m 644 "$here/linux/lazaret.toml" "$tree/etc/lazaret/lazaret.toml"
  for file in "$here"/{linux,systemd}/*.{sysusers,tmpfiles,service,socket,slice}; do
    [[ -e $file ]] || continue
    name=$(basename "$file")
    case $name in
      *.sysusers | *.tmpfiles) install -D -m 644 "$file" "$tree/usr/lib/${name##*.}.d/${name%.*}.conf" ;;
      *) install -D -m 644 "$file" "$tree/usr/lib/systemd/system/$name" ;;
    esac
  done
  cp -a "$home"/share/doc/* "$share/doc/lazaret/"
  cp -a "$home/share/licenses" "$share/doc/lazaret/"
  cp -a "$home/share/man" "$share/"
  find "$share/man" -type f -exec gzip -9 -n {} +
  install_completions "$completions/bash" "$share/bash-completion/completions"
  install_completions "$completions/zsh" "$share/$2"
  install_completions "$completions/fish" "$share/fish/vendor_completions.d"
  settle_tree "$tree"
}

install_completions() {
  mkdir -p "$2"
  cp -a "$1"/* "$2/"
}

# Prints the words with which java @FILE starts the gate without a shell. The JVM ignores a cache that is missing.
write_arguments() {
  local cache=$system_home/mirror-server.aot jars
  mapfile -t jars <"$home/mirror-server.jars"
  jars=("${jars[@]/#/$system_home/jars/}")
  local IFS=:
  printf '%s\n' "${server_flags[@]}" "-Djava.library.path=$system_home/native" "-XX:AOTCache=$cache" "-Dlazaret.aot=$cache" \
    '-Xlog:aot*=off:stderr' -cp "${jars[*]}" lazaret.mirror.Main
}
