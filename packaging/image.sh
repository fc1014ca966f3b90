# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The image of the gate as an OCI image layout: files of Debian, the Java runtime, the program, the AOT cache. Sourced by
# packaging/build. Each layer is a tree that is packed with fixed times, owners and order, so that a second build gives the same
# bytes. The cache differs with each training, and is a layer of its own.

image_user=65532
image_home=/usr/lib/lazaret
image_port=7080
# What the runtime and the library of the database are linked to.
image_packages=(libc6 libgcc-s1 libstdc++6 zlib1g)

# Writes the layout lazaret-image-VERSION-ARCH for the processor $1 and, next to it, the digests of its manifest and of its cache.
make_image() { write_image "$1" lazaret-image; }

# Writes the layout lazaret-cluster-image-VERSION-ARCH. Its layers are those of the other image, and one with the plug-in for a store
# that several servers share.
make_cluster_image() { write_image "$1" lazaret-cluster-image; }

# Writes the layout $2-VERSION-ARCH for the processor $1.
write_image() {
  image=$output/$2-$version-$1
  image_diffs=() image_layers=()
  local tree=$work/$1/$2
  rm -rf "$image" "$image".digest "$image".aot.sha256
  mkdir -p "$image/blobs/sha256"
  [[ -d $work/$1/debian ]] || fetch_image_packages "$1" "$work/$1/debian"
  make_image_base "$1" "$tree/base"
  make_image_runtime "$tree/runtime"
  make_image_program "$tree/program"
  add_image_layer "$tree/base"
  add_image_layer "$tree/runtime"
  add_image_layer "$tree/program"
  if [[ -s $home/mirror-server.aot ]]; then
    install -D -m 644 "$home/mirror-server.aot" "$tree/cache$image_home/gate.aot"
    (cd "$tree/cache$image_home" && sha256sum gate.aot) >"$image.aot.sha256"
    add_image_layer "$tree/cache"
  fi
  if [[ $2 == lazaret-cluster-image ]]; then
    make_image_cluster "$tree/cluster" "$tree/program"
    add_image_layer "$tree/cluster"
  fi
  write_image_manifest "$1"
  say "wrote ${image##*/}"
}

# --- the trees of the layers ---

# Unpacks the packages that the configured sources have now into the folder $2, each in a folder of its name. The lists of another
# processor are in a folder of their own: those of this machine stay as they are.
fetch_image_packages() {
  local arch deb lists=$work/$1/apt options=(-qq -o APT::Sandbox::User=root)
  arch=$(jdk_arch "$1")
  mkdir -p "$2" "$lists"/{lists,cache/archives}/partial
  if [[ $arch != "$(dpkg --print-architecture)" ]]; then
    options+=(-o APT::Architecture="$arch" -o APT::Architectures="$arch" -o Dir::State::lists="$lists/lists"
      -o Dir::State::status=/dev/null -o Dir::Cache="$lists/cache")
    apt-get "${options[@]}" update >&2
  fi
  (cd "$2" && apt-get "${options[@]}" download "${image_packages[@]/%/:$arch}" "gcc-14-base:$arch" >&2) ||
    die "cannot build the image: expected the packages ${image_packages[*]} from the sources of apt, found an error; run apt-get update"
  for deb in "$2"/*.deb; do
    dpkg-deb -x "$deb" "$2/$(dpkg-deb -f "$deb" Package)"
    dpkg-deb -f "$deb" >"$2/$(dpkg-deb -f "$deb" Package).control"
  done
}

# The C library and its like for the processor $1: no shell, no package manager, no file with more rights than its caller.
make_image_base() {
  local tree=$2 debian=$work/$1/debian triplet=$1-linux-gnu name
  local libraries=usr/lib/$triplet
  mkdir -p "$tree"/{dev,etc,proc,run,sys,tmp,usr/lib,usr/lib64,var/lib/lazaret,var/lib/dpkg/status.d} "$tree/$libraries"
  ln -s usr/lib "$tree/lib"
  ln -s usr/lib64 "$tree/lib64"
  # The loader has its path in each program.
  for name in "$debian"/libc6/usr/lib{,64}/ld-linux-*; do
    [[ ! -e $name ]] || cp -a "$name" "$tree/${name#"$debian/libc6/"}"
  done
  for name in "$debian/libc6/$libraries"/{ld-linux-*,lib{c,m,dl,pthread,rt,resolv}.so.*} "$debian/libgcc-s1/$libraries"/libgcc_s.so.* \
    "$debian/libstdc++6/$libraries"/libstdc++.so.* "$debian/zlib1g/$libraries"/libz.so.*; do
    cp -a "$name" "$tree/$libraries/"
  done
  for name in "${image_packages[@]}"; do
    # Programs that look for known faults read the packages here, where other images without a package manager list theirs.
    cp "$debian/$name.control" "$tree/var/lib/dpkg/status.d/$name"
  done
  for name in "$debian"/*/usr/share/doc/*/copyright; do
    install -D -m 644 "$name" "$tree/usr/share/doc/${name#*/usr/share/doc/}"
  done
  ln -s gcc-14-base "$tree/usr/share/doc/libgcc-s1"
  ln -s gcc-14-base "$tree/usr/share/doc/libstdc++6"
  printf '%s\n' root:x:0:0:root:/:/sbin/nologin "lazaret:x:$image_user:$image_user:Lazaret:/var/lib/lazaret:/sbin/nologin" >"$tree/etc/passwd"
  printf '%s\n' root:x:0: "lazaret:x:$image_user:" >"$tree/etc/group"
  printf '%s\n' 'passwd: files' 'group: files' 'hosts: files dns' >"$tree/etc/nsswitch.conf"
}

# The runtime of the packages.
make_image_runtime() {
  mkdir -p "$1$image_home"
  cp -a "$home/runtime" "$1$image_home/"
}

# The jars, the library of the database, the licenses, the argument files of the programs, and files of settings.
make_image_program() {
  local top=$1$image_home gate probe cli
  mkdir -p "$top" "$1/etc/lazaret"
  cp -a "$home"/{jars,native,LICENSE} "$top/"
  cp -a "$home/share/licenses" "$top/licenses"
  # The heap is that of jvm.options, which an operator can replace.
  mapfile -t gate < <(grep -v '^-Xmx' "$home/mirror-server.flags")
  mapfile -t cli <"$home/vetting-cli.flags"
  [[ ! -s $home/mirror-server.aot ]] ||
    gate+=("-XX:AOTCache=$image_home/gate.aot" "-Dlazaret.aot=$image_home/gate.aot" "-Xlog:aot*=off:stderr")
  # Without a file of counters, which the JVM would write to /tmp.
  gate+=(-XX:-UsePerfData)
  cli+=(-XX:-UsePerfData)
  write_image_arguments "$top/gate.args" mirror-server lazaret.mirror.Main "${gate[@]}" -XX:+ErrorFileToStderr \
    -XX:VMOptionsFile=/etc/lazaret/jvm.options
  # The heap of the gate does not fit into that of the probe.
  mapfile -t probe < <(printf '%s\n' "${gate[@]}" | grep -v '^-Xm[ns]')
  write_image_arguments "$top/probe.args" mirror-server lazaret.mirror.probe.Main "${probe[@]}" -Xmx32m -XX:TieredStopAtLevel=1
  write_image_arguments "$top/cli.args" vetting-cli lazaret.cli.Main "${cli[@]}"
  printf '%s\n' -Xmx512m >"$1/etc/lazaret/jvm.options"
  printf '# Settings of the gate: docs/configuration.md\n' >"$1/etc/lazaret/lazaret.toml"
}

# The jars of the plug-in for the tree $1, and the argument files of the tree $2 with a longer class path, which an AOT cache fits.
make_image_cluster() {
  local top=$1$image_home plugin=$work/cluster jar file more=
  make_cluster_home "$plugin"
  mkdir -p "$top/plugins/cluster"
  cp -a "$plugin"/jars/*.jar "$top/plugins/cluster/"
  cp -a "$plugin/share/licenses" "$top/plugins/licenses"
  for jar in "$plugin"/jars/*.jar; do
    more+=:$image_home/plugins/cluster/${jar##*/}
  done
  for file in gate cli; do
    # The line after -cp is the class path.
    sed "/^-cp\$/{n;s|\$|$more|}" "$2$image_home/$file.args" >"$top/$file.args"
  done
}

# Writes the argument file $1 for the class path of the program $2 and the main class $3, with the options of the JVM that follow.
write_image_arguments() {
  local file=$1 main=$3 jars
  mapfile -t jars <"$home/$2.jars"
  jars=("${jars[@]/#/$image_home/jars/}")
  shift 3
  local IFS=:
  printf '%s\n' "$@" "-Djava.library.path=$image_home/native" -cp "${jars[*]}" "$main" >"$file"
}

# --- the layout ---

# Packs the tree $1 as the next layer. The data folder belongs to the user of the gate.
add_image_layer() {
  local tar=$work/layer.tar digest size
  local flags=(--format=ustar --sort=name --mtime="@$epoch" --numeric-owner --mode=go-w -C "$1")
  tar "${flags[@]}" --owner=0 --group=0 --exclude=./var/lib/lazaret --exclude=./tmp -cf "$tar" .
  if [[ -d $1/var/lib/lazaret ]]; then
    tar "${flags[@]}" --mode=700 --owner="$image_user" --group="$image_user" -rf "$tar" ./var/lib/lazaret
    tar "${flags[@]}" --mode=1777 --owner=0 --group=0 -rf "$tar" ./tmp
  fi
  image_diffs+=("sha256:$(sha256sum "$tar" | cut -d ' ' -f 1)")
  gzip -n -9 -c "$tar" >"$tar.gz"
  size=$(stat -c %s "$tar.gz")
  digest=$(add_image_blob "$tar.gz")
  image_layers+=("$(jq -n --arg digest "$digest" --argjson size "$size" \
    '{mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", $digest, $size}')")
}

# Moves the file $1 into the layout and prints its digest.
add_image_blob() {
  local sum
  sum=$(sha256sum "$1" | cut -d ' ' -f 1)
  mv "$1" "$image/blobs/sha256/$sum"
  printf 'sha256:%s' "$sum"
}

# Writes configuration, manifest and index for the processor $1.
write_image_manifest() {
  local created arch name base='' config=$work/config.json manifest=$work/manifest.json digest size
  arch=$(jdk_arch "$1")
  created=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)
  for name in "${image_packages[@]}"; do
    base+=${base:+ }$name=$(sed -n 's/^Version: //p' "$work/$1/debian/$name.control")
  done
  jq -cS -n -f "$here/image/config.jq" --arg arch "$arch" --arg created "$created" --arg version "$version" --arg base "$base" \
    --arg revision "$(git -C "$root" rev-parse HEAD)" --arg user "$image_user:$image_user" --arg home "$image_home" \
    --arg port "$image_port" --args "${image_diffs[@]}" >"$config"
  size=$(stat -c %s "$config")
  digest=$(add_image_blob "$config")
  printf '%s\n' "${image_layers[@]}" | jq -cS -s --arg digest "$digest" --argjson size "$size" '
    {schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json",
     config: {mediaType: "application/vnd.oci.image.config.v1+json", $digest, $size}, layers: .}' >"$manifest"
  size=$(stat -c %s "$manifest")
  digest=$(add_image_blob "$manifest")
  jq -cS -n --arg digest "$digest" --argjson size "$size" --arg version "$version" --arg arch "$arch" '
    {schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [
      {mediaType: "application/vnd.oci.image.manifest.v1+json", $digest, $size, platform: {architecture: $arch, os: "linux"},
       annotations: {"org.opencontainers.image.ref.name": $version}}]}' >"$image/index.json"
  printf '{"imageLayoutVersion":"1.0.0"}\n' >"$image/oci-layout"
  printf '%s\n' "$digest" >"$image.digest"
}
