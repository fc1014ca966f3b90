# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# The Java runtime of a package, and the library of the database. Sourced by packaging/build.

# Classes that are found by name at run time, which jdeps does not see: zip files as file systems, for the dump of OSV,
# and the provider for keys in hardware modules (PKCS #11).
unseen_modules=(jdk.zipfs jdk.crypto.cryptoki)
# What only optional classes of libraries name: Jackson's annotations of beans. It would add 15 MB.
unused_modules=(java.desktop)

# The CA certificates that Debian takes from Mozilla: files of the package ca-certificates.
ca_folder=/usr/share/ca-certificates/mozilla
ca_notice=/usr/share/doc/ca-certificates/copyright

# SHA-256 of the jar of all platforms of RocksDB 10.10.1.1, of which aarch64 packages take the library.
rocksdb_all_sha256=e862cc37a22df8f1e7c12556f5141ce65d782af77e30aee1bd7d488d7c554fde

# Prints the JDK's name of the processor $1.
jdk_arch() { if [[ $1 == aarch64 ]]; then printf arm64; else printf amd64; fi; }

# Tells whether the parts for the processor $1 are here or can be fetched; otherwise sets lacking to the reason.
have_runtime_parts() {
  lacking=
  case $1 in
    x86_64)
      [[ $(uname -m) == x86_64 ]] || lacking="this machine is not one: run it on x86-64 Linux"
      ;;
    aarch64)
      aarch64_jdk=${LAZARET_AARCH64_JDK:-$root/target/packaging/jdk-aarch64}
      [[ -d $aarch64_jdk/jmods || -n ${LAZARET_AARCH64_JDK:-} ]] || fetch_aarch64_jdk >&2 || true
      [[ -d $aarch64_jdk/jmods ]] ||
        lacking="expected a JDK 25 for it with the folder jmods in '$aarch64_jdk', found none; set LAZARET_AARCH64_JDK to one, or build on Debian 13, which has the package openjdk-25-jdk-headless:arm64"
      ;;
    *) lacking="expected x86_64 or aarch64" ;;
  esac
  [[ -d $ca_folder && -r $ca_notice ]] ||
    lacking="expected CA certificates in '$ca_folder' and their notice '$ca_notice', found none; install the Debian package ca-certificates"
  [[ -z $lacking ]]
}

# Fetches Debian's JDK for aarch64 with apt, in folders of its own: the lists of packages of this machine stay as they are.
fetch_aarch64_jdk() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  local apt=$root/target/packaging/apt
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  local options=(-qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::lists="$apt/lists" -o Dir::State::status=/dev/null
    -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=root)
  say "fetching a JDK for aarch64 ..."
  (cd "$apt" && apt-get "${options[@]}" update && apt-get "${options[@]}" download openjdk-25-jdk-headless:arm64 openjdk-25-jre-headless:arm64) || return 1
  local file
  for file in "$apt"/*.deb; do
    dpkg-deb -x "$file" "$apt/tree"
  done
  rm -rf "$aarch64_jdk"
  mv "$apt/tree/usr/lib/jvm/java-25-openjdk-arm64" "$aarch64_jdk"
  # Its configuration files are links to /etc of that package; the runtime takes its own from jmods.
  rm -rf "$apt"
}

# Prints the modules of the runtime, separated by commas: what the jars of the folders need.
runtime_modules() {
  local found module folder jars=()
  for folder; do
    jars+=("$folder"/*.jar)
  done
  found=$("$jdk/bin/jdeps" --multi-release "$least_java" --ignore-missing-deps --print-module-deps "${jars[@]}" 2>/dev/null)
  for module in "${unused_modules[@]}"; do
    found=,$found,
    found=${found//,$module,/,}
    found=${found#,}
    found=${found%,}
  done
  printf '%s,%s' "$found" "$(IFS=, && printf '%s' "${unseen_modules[*]}")"
}

# Makes the runtime for the processor $1, with the CA certificates of Debian, in the folder $2, for the jars of the folders that follow.
make_runtime() {
  local modules path=()
  modules=$(runtime_modules "${@:3}")
  # The JDK's own modules need no path.
  [[ $1 == x86_64 ]] || path=(--module-path "$aarch64_jdk/jmods")
  # --strip-debug would also change the libraries, with the objcopy of the machine if it has one.
  "$jdk/bin/jlink" "${path[@]}" --add-modules "$modules" --strip-java-debug-attributes --compress zip-9 --no-header-files --no-man-pages --output "$2"
  # The store of the JDK may be that of the machine that builds, with certificates of its owner.
  rm -f "$2/lib/security/cacerts"
  "$jdk/bin/java" "$here/CaStore.java" "$ca_folder" "$2/lib/security/cacerts"
}

# Prints the version of Debian's package of CA certificates.
version_of_ca() { dpkg-query -W -f '${Version}' ca-certificates; }

# Copies the library of RocksDB for the processor $1 into the folder $2.
copy_database_library() {
  mkdir -p "$2"
  if [[ $1 == x86_64 ]]; then
    cp "$dist/mirror-server/librocksdbjni-linux64.so" "$2/"
  else
    unzip -q -o "$(rocksdb_of_all_platforms)" librocksdbjni-linux-aarch64.so -d "$2"
  fi
}

# Prints the path of the jar with RocksDB's libraries of all platforms, fetched by Maven if need be.
rocksdb_of_all_platforms() {
  local number folder=$root/target/packaging jar
  number=$(sed -n 's/.*<rocksdb.version>\(.*\)<.*/\1/p' "$root/pom.xml")
  jar=$folder/rocksdbjni-$number.jar
  if [[ ! -e $jar ]]; then
    mkdir -p "$folder"
    find_maven
    (cd "$root" && "$mvn" -B -q -ntp -N org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
      -Dartifact="org.rocksdb:rocksdbjni:$number:jar" -DoutputDirectory="$folder" -Dmdep.useBaseVersion=true) >&2
  fi
  printf '%s  %s\n' "$rocksdb_all_sha256" "$jar" | sha256sum --check --status ||
    die "cannot use '$jar': expected the SHA-256 $rocksdb_all_sha256; delete it, or after a change of rocksdb.version correct packaging/runtime.sh"
  printf '%s' "$jar"
}

# Writes the jar $1 to $2 without the libraries of RocksDB in it: a package has the one that fits, as a file.
copy_without_libraries() {
  local folder=$work/classes
  rm -rf "$folder"
  mkdir "$folder"
  unzip -q "$1" -d "$folder"
  find "$folder" -maxdepth 1 -name 'librocksdbjni-*' -delete
  (cd "$folder" && find . -type f | sed 's/^\.\///' | sort >../classes.list &&
    "$jdk/bin/jar" --create --no-manifest --file "$2" --date "$(date -u -d "@$epoch" '+%Y-%m-%dT%H:%M:%SZ')" @../classes.list)
}
