# shellcheck shell=bash
# Shared by the scripts in bin/: finds a JDK and Maven, builds what is not built, and names the flags of the two programs.
# Sourced, never run.

# The folder may be a link, and the path relative to a folder of CDPATH.
root=$(CDPATH='' cd -P "${BASH_SOURCE[0]%/*}/.." && pwd -P)
dist_home=$root/target/dist
# The crates with which bin/aot trains the gate.
# shellcheck disable=SC2034
training=$root/packaging/training
least_java=25

# Training of an AOT cache and its use must agree on collector, header layout and class path, or the JVM refuses the cache.
layout_flags=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED)
# JVM warnings go to standard error: standard output belongs to the programs.
layout_flags+=(-Xlog:disable -Xlog:all=warning:stderr)
# shellcheck disable=SC2034 # used by name, see launch
server_flags=("${layout_flags[@]}" -Xmx512m -XX:+ExitOnOutOfMemoryError
  # By default the young generation has 129 MB on a large machine, all of which become resident under load.
  -Xmn32m -XX:SurvivorRatio=6
  # After a collection the old generation keeps a third more than it uses. It never becomes smaller than at first.
  -Xms64m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:-ShrinkHeapInSteps
  # The allocator of the C library keeps what the compilers needed, unless it is told to return it; that takes a millisecond.
  -XX:TrimNativeHeapInterval=1000
  # The line that names a fatal error goes to the log as well.
  -XX:+DisplayVMOutputToStderr
  # A start keeps both processors of a small machine busy, a third of it with compiling what runs once.
  -XX:CompileThresholdScaling=4
  # HTTP/2 windows of the upstream client: the JDK's own defaults halve the speed of large artefacts.
  -Djdk.httpclient.connectionWindowSize=67108864 -Djdk.httpclient.windowsize=16777216 -Djdk.httpclient.bufsize=65536)
# The provider of credentials reads one small file. Its classes are in the JDK's own archive, which fits these flags.
credential_flags=(-XX:+UseSerialGC -Xshare:auto -Xmx32m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=warning:stderr)
# shellcheck disable=SC2034
cli_flags=("${layout_flags[@]}" -Xmx256m -XX:TieredStopAtLevel=1
  # Reflection calls most constructors a few times only: the JDK would generate a class for each (JEP 416).
  -Djdk.reflect.useNativeAccessorOnly=true)
# In addition, for the verbs of bundles: they hash gigabytes, which OpenSSL does fast from the first byte on.
# shellcheck disable=SC2034
bundle_flags=(-Dlazaret.sha256=openssl)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 3
}

# --- the JDK ---

# These set variables, since each process for an output takes a two-hundredth of a start.

# Sets major to the major version of the JDK at $1, or to nothing where there is none. Reads a file: starting each JVM would be slow.
java_major() {
  major=
  [[ -x $1/bin/javac && -r $1/release ]] || return 0
  release_says JAVA_VERSION "$1"
  major=${said%%[!0-9]*}
}

# Sets said to what the JDK at $2 calls $1 in its release file, without quotes.
release_says() {
  local line
  said=
  while IFS= read -r line; do
    if [[ $line == "$1="* ]]; then
      line=${line#*=}
      said=${line//\"/}
      return
    fi
  done <"$2/release"
}

jdk_candidates() {
  [[ -z ${JAVA_HOME:-} ]] || printf '%s\n' "$JAVA_HOME"
  local java
  if java=$(command -v java); then
    java=$(readlink -f "$java")
    printf '%s\n' "${java%/bin/java}"
  fi
  if [[ -x /usr/libexec/java_home ]]; then
    /usr/libexec/java_home -v "$least_java+" 2>/dev/null || true
  fi
  local place
  for place in /usr/lib/jvm/*25* /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /opt/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [[ ! -d $place ]] || printf '%s\n' "$place"
  done
}

# Sets jdk to the home of a JDK that is new enough, and JAVA_HOME with it; ends the script where there is none.
find_jdk() {
  local candidate major
  while IFS= read -r candidate; do
    java_major "$candidate"
    if [[ -n $major ]] && ((major >= least_java)); then
      jdk=$candidate
      export JAVA_HOME=$jdk
      return
    fi
  done < <(jdk_candidates)
  die "no JDK $least_java or newer found in JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman or the system's list.
Install one, or point JAVA_HOME to it:
  any system      Eclipse Temurin $least_java (adoptium.net)
  Debian, Ubuntu  apt-get install temurin-$least_java-jdk (Adoptium's repository) or openjdk-$least_java-jdk-headless
  Fedora          dnf install java-$least_java-openjdk-devel
  macOS           brew install --cask temurin@$least_java"
}

# --- Maven ---

# Sets mvn to a Maven 3.9 or newer; ends the script where there is none. Needs find_jdk.
find_maven() {
  local candidate version
  for candidate in "$(command -v mvn || true)" "${MAVEN_HOME:-/nowhere}/bin/mvn" "${M2_HOME:-/nowhere}/bin/mvn" \
    /usr/share/maven/bin/mvn /opt/*maven*/bin/mvn "$HOME"/.sdkman/candidates/maven/current/bin/mvn \
    /opt/homebrew/bin/mvn /usr/local/bin/mvn; do
    [[ -x $candidate ]] || continue
    version=$("$candidate" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
    case $version in
      '' | [0-2].* | 3.[0-8]) ;;
      *)
        mvn=$candidate
        return
        ;;
    esac
  done
  die "no Maven 3.9 or newer found in PATH, MAVEN_HOME, /usr/share/maven, /opt or ~/.sdkman.
Install one, or put it into PATH:
  Debian 13, Ubuntu 25.04  apt-get install maven
  Fedora                   dnf install maven
  macOS                    brew install maven
  any system               sdk install maven (sdkman.io), or unpack apache-maven 3.9 under /opt"
}

# --- the build ---

# The modules of the programs and of the plug-ins; the others come with them.
built_modules=mirror-server,vetting-cli,vetting-cli-store,vetting-cli-site,registry-conformance,tracing,storage-postgres,storage-s3

# Sets dist to the folder of the programs' jars, building them first where they are missing or older than a source.
# Folders are named by content and the previous one stays, so that a rebuild never changes jars under a running server.
ensure_built() {
  dist=$dist_home/current
  if ! is_fresh; then
    (umask 022 && mkdir -p "$dist_home")
    with_lock "$dist_home/lock" build
  fi
  dist=$(cd "$dist_home/current" && pwd -P)
}

# Runs a command while no other script holds the lock file $1, in a subshell: the lock must not outlive it.
with_lock() {
  local lock=$1
  shift
  (
    if command -v flock >/dev/null; then
      flock -n 9 || {
        say "waiting for another start of Lazaret"
        flock 9
      }
    fi
    "$@" 9>&-
  ) 9>"$lock"
}

is_fresh() {
  [[ -e $dist/stamp ]] || return 1
  local newer
  newer=$(cd "$root" && find pom.xml .mvn bin/lib.sh bin/aot packaging/training/{corpus.sh,crates} third-party/*/pom.xml vetting/pom.xml vetting/*/{pom.xml,src/main} \
    {site-files,toolchains,git-sources,documentation,inspection-results,vetting-cli-site,registry-conformance}/{pom.xml,src/main} \
    {storage,storage-postgres,storage-s3,storage-convert,bundle-trust,airgap-bundles,sandbox,sandbox-service,sign-in,web-desk}/{pom.xml,src/main} \
    {mirror-http2,mirror-upstream,mirror-following,mirror-config,mirror-server,tracing,cargo-credential,cargo-project,command-manual,vetting-cli,vetting-cli-store}/{pom.xml,src/main} \
    -newer "$dist/stamp" -print -quit)
  [[ -z $newer ]]
}

build() {
  # Whoever waited for the lock may find it done.
  ! is_fresh || return 0
  # Programs are for every user of the machine, however private what they make is.
  umask 022
  find_maven
  say "building Lazaret (a minute the first time) ..."
  local new=$dist_home/new log=$dist_home/build.log
  rm -rf "$new" "$root"/{mirror-server,vetting-cli,vetting-cli-store}/target/lib "$root"/tracing/target/plugins/opentelemetry-* \
    "$root"/storage-{postgres,s3}/target/plugins
  mkdir -p "$new/mirror-server" "$new/vetting-cli"
  # Before the build: a source that changes meanwhile is newer than the stamp.
  touch "$new/stamp"
  if ! (cd "$root" && "$mvn" -B -q -ntp -T 2 -Dmaven.test.skip=true -pl "$built_modules" -am package) >"$log" 2>&1; then
    cat "$log" >&2
    die "the build failed; its log is $log"
  fi
  gather vetting-cli "$new/vetting-cli"
  # Commands that the program finds among its jars.
  cp -p "$root"/vetting-cli-store/target/vetting-cli-store-[0-9]*.jar "$root"/vetting-cli-store/target/lib/*.jar \
    "$root"/vetting-cli-site/target/vetting-cli-site-[0-9]*.jar \
    "$root"/registry-conformance/target/registry-conformance-[0-9]*.jar "$new/vetting-cli/"
  gather mirror-server "$new/mirror-server"
  # Plug-ins: folders for LAZARET_PLUGINS.
  cp -pr "$root/tracing/target/plugins" "$new/tracing"
  mkdir "$new/cluster"
  # One after the other: both have the same jar of the logging port.
  cp -p "$root"/storage-postgres/target/plugins/*.jar "$new/cluster/"
  cp -p "$root"/storage-s3/target/plugins/*.jar "$new/cluster/"
  local id
  id=$(cd "$new" && cat ./*/*.jar "$root/bin/lib.sh" "$root/bin/aot" "$training"/{corpus.sh,crates/*} | digest)
  if [[ -d $dist_home/$id ]]; then
    # Same jars and flags as before: keep the folder, and with it the AOT caches.
    touch -r "$new/stamp" "$dist_home/$id/stamp"
    rm -rf "$new"
  else
    mv "$new" "$dist_home/$id"
  fi
  local previous
  previous=$(readlink "$dist_home/current" || true)
  ln -sfn "$id" "$dist_home/current"
  local old
  for old in "$dist_home"/*/; do
    old=$(basename "$old")
    [[ $old == "$id" || $old == "$previous" || $old == current ]] || rm -rf "${dist_home:?}/$old"
  done
  say "built"
}

# Copies the jars and native libraries of the application $1 to the folder $2; equal ones are shared between the two applications.
gather() {
  local jar name
  for jar in "$root/$1/target/$1"-[0-9]*.jar "$root/$1"/target/lib/*.jar "$root"/storage/target/native/*.so; do
    # The fixtures of tests of other modules.
    [[ $jar != *-tests.jar ]] || continue
    name=$(basename "$jar")
    if [[ -e $2/../vetting-cli/$name && $1 != vetting-cli ]]; then
      ln "$2/../vetting-cli/$name" "$2/$name"
    else
      cp -p "$jar" "$2/$name"
    fi
  done
}

digest() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c 1-16
}

# Prints the class path of the application $1: every jar, in the order of names, which is the same at each start.
class_path() {
  local jars=("$dist/$1"/*.jar)
  local IFS=:
  printf '%s' "${jars[*]}"
}

# Prints the jars of the folders that LAZARET_PLUGINS names with colons between them, each jar after a colon. They come last: an AOT
# cache fits a longer class path.
plugin_path() {
  local folders folder jar
  IFS=: read -ra folders <<<"$LAZARET_PLUGINS"
  for folder in "${folders[@]}"; do
    for jar in "$folder"/*.jar; do
      [[ -e $jar ]] || die "cannot start: expected jars in '$folder' (LAZARET_PLUGINS), found none; name target/dist/current/tracing or target/dist/current/cluster, or unset it"
      printf ':%s' "$jar"
    done
  done
}

# Prints the JVM flag with which the application $1 finds its native libraries next to its jars.
native_flag() { printf -- '-Djava.library.path=%s' "$dist/$1"; }

# --- AOT caches (JEP 514) ---

# Sets file to that of the cache $1: one for each JDK, which refuses the cache of another.
aot_file() {
  release_says JAVA_RUNTIME_VERSION "$jdk"
  file=$dist/$1-${said//[^0-9A-Za-z.+-]/_}.aot
}

# The cache that fits what is started, where it is not the one of the program.
aot_cache=

# Sets aot_flags for the cache $1, training it at the first start: mirror-server, vetting-cli, or verify, sandbox and bundle, which have only
# what these verbs need, since every class of a cache costs each start. A cache makes the start faster and nothing else, so a failed
# training leaves an empty file and is not tried again. LAZARET_AOT=off does without.
use_aot() {
  aot_flags=()
  [[ ${LAZARET_AOT:-on} != off ]] || return 0
  local file
  aot_file "$1"
  if [[ ! -e $file && -w $dist ]]; then
    say "preparing faster starts of $1 (once) ..."
    # One at a time; whoever waited finds the file made.
    with_lock "$dist/lock" train "$1" "$file"
  fi
  # Warnings of a cache in use tell of single adapters that it could not link: nothing that a reader could act on.
  [[ ! -s $file ]] || aot_flags=(-XX:AOTCache="$file" "-Xlog:aot*=error:stderr")
}

train() {
  umask 022
  [[ ! -e $2 ]] || return 0
  "$root/bin/aot" "$1" "$2" </dev/null >"$dist/$1.aot.log" 2>&1 || say "could not; starting without (see $dist/$1.aot.log)"
  [[ -e $2 ]] || : >"$2"
}

# --- starting a program ---

# Becomes the main class $2 of the application $1, with the JVM flags of the array named $3 and the remaining arguments.
launch() {
  local program=$1 main=$2
  local -n program_flags=$3
  shift 3
  local more_flags plugins
  find_jdk
  ensure_built
  plugins=
  [[ -z ${LAZARET_PLUGINS:-} ]] || plugins=$(plugin_path)
  use_aot "${aot_cache:-$program}"
  read -ra more_flags <<<"${LAZARET_JAVA_OPTS:-}"
  # RocksDB would start four programs to find out what its jar has no library for.
  ROCKSDB_MUSL_LIBC=false exec "$jdk/bin/java" "${program_flags[@]}" "${aot_flags[@]}" "$(native_flag "$program")" "${more_flags[@]}" \
    -cp "$(class_path "$program")$plugins" "$main" "$@"
}

# Becomes the provider of credentials for cargo, on a class path of one jar. It uses the last build, because a look at all sources
# takes as long as the reply. LAZARET_JAVA_OPTS has no effect.
launch_credential() {
  local jars
  find_jdk
  jars=("$dist_home"/current/vetting-cli/cargo-credential-[0-9]*.jar)
  if [[ ! -e ${jars[0]} ]]; then
    ensure_built
    jars=("$dist"/vetting-cli/cargo-credential-[0-9]*.jar)
  fi
  exec "$jdk/bin/java" "${credential_flags[@]}" -cp "${jars[0]}" lazaret.credential.Main "$@"
}

# --- system packages, for the scripts that test and measure ---

# Installs each missing "command=package" of the arguments from the distribution, as root; otherwise says what is missing.
# Instead of a command there may be the path of a file.
need_packages() {
  local pair missing=()
  for pair in "$@"; do
    [[ $pair == /* && -e ${pair%%=*} ]] || command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  ((${#missing[@]})) || return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "installing ${missing[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2 ||
      say "could not install ${missing[*]}"
  else
    say "not installed: ${missing[*]}; what needs them is left out"
  fi
}
