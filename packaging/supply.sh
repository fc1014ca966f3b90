# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# What tells where a package comes from: its bill of materials, its provenance, digests, and the licenses of its libraries. Sourced by
# packaging/build. packaging/sign signs what is made here.

# Packages that are written after this moment are described.
supply_begun=$EPOCHREALTIME

# --- licenses ---

# Prints the fields group, license and text of the library $1 in third-party/libraries.tsv, or nothing.
library_line() {
  local pattern group license text
  while IFS=$'\t' read -r pattern group license text; do
    # shellcheck disable=SC2053 # a pattern of names
    if [[ $pattern != '#'* && $1 == $pattern ]]; then
      printf '%s\t%s\t%s\n' "$group" "$license" "$text"
      return
    fi
  done <"$root/third-party/libraries.tsv"
}

# Sets line to the fields of the library $1, or to nothing if it is a module of this clone.
find_library() {
  line=$(library_line "$1")
  # The name of a module is at the indent of the project; those of dependencies are deeper.
  [[ -n $line ]] || grep -qxF "  <artifactId>$1</artifactId>" "$root"/{*,vetting/*}/pom.xml ||
    die "cannot describe the library '$1': expected a line in third-party/libraries.tsv, found none; add it, with the text of its license in third-party/licenses"
}

# Adds the license texts of the jars in the folder of programs $1, and a list of them.
add_licenses() {
  local folder=$1/share/licenses jar line license text
  mkdir -p "$folder"
  : >"$folder/LIBRARIES"
  if [[ -d $1/runtime ]]; then
    # The CA certificates of the runtime: the notice of the package they are from.
    install -m 644 "$ca_notice" "$folder/ca-certificates.txt"
    printf 'runtime/lib/security/cacerts\tMPL-2.0\tca-certificates.txt\n' >"$folder/LIBRARIES"
  fi
  for jar in "$1"/jars/*.jar "$1"/plugins/*/*.jar; do
    # A package without plug-ins has no such folder.
    [[ -e $jar ]] || continue
    jar=${jar##*/}
    find_library "${jar%%-[0-9]*}"
    [[ -n $line ]] || continue
    IFS=$'\t' read -r _ license text <<<"$line"
    install -m 644 "$root/third-party/licenses/$text" "$folder/$text"
    # What the text of RocksDB refers to.
    install -m 644 "$root/third-party/licenses/Apache-2.0.txt" "$folder/Apache-2.0.txt"
    printf '%s\t%s\t%s\n' "$jar" "$license" "$text"
  done >>"$folder/LIBRARIES"
}

# --- bill of materials and provenance ---

# Writes PACKAGE.cdx.json and PACKAGE.provenance.json for each package of this run, and SHA256SUMS for all files of the folder.
make_supply() {
  local package
  command -v jq >/dev/null || die "cannot describe the packages: expected jq in PATH, found none; install jq"
  list_libraries
  while IFS= read -r package; do
    say "describing ${package##*/} ..."
    list_contents "$package" >"$work/contents"
    write_bill "$package" >"$package.cdx.json"
    write_provenance "$package" >"$package.provenance.json"
  done < <(described_packages)
  (cd "$output" && find . -type f ! -name '*.sig' ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum) >"$work/sums"
  mv "$work/sums" "$output/SHA256SUMS"
  # Signatures of other contents.
  rm -f "$output"/SHA256SUMS.sig "$output"/*.provenance.json.sig
  say "the packages are not signed; to sign them: packaging/sign --key FILE $output"
}

# Prints the packages of this run: files, and folders with an image.
described_packages() {
  find "$output" -maxdepth 1 -newermt "@$supply_begun" \
    \( -name "lazaret*-$version*.tar.gz" -o -name "lazaret_$version-*.deb" -o -name "lazaret-$version-*.rpm" \) | sort
  find "$output" -mindepth 2 -maxdepth 2 -name oci-layout -newermt "@$supply_begun" -printf '%h\n' | sort
}

# Prints the processor of the package $1, or nothing if it is for all.
processor_of() {
  case ${1##*/} in
    *aarch64* | *arm64*) printf aarch64 ;;
    *x86_64* | *amd64*) printf x86_64 ;;
  esac
}

# Prints the SHA-256 and the path of each file of the package $1 that its bill or its provenance names, with a tab between.
list_contents() {
  local tree=$work/described layer
  rm -rf "$tree"
  mkdir "$tree"
  case $1 in
    *.tar.gz) tar -xzf "$1" -C "$tree" --strip-components=1 ;;
    *.deb) dpkg-deb -x "$1" "$tree" ;;
    *.rpm) ;;
    *)
      while IFS= read -r layer; do
        tar -xzf "$1/blobs/sha256/${layer#sha256:}" -C "$tree" --exclude='./tmp' --exclude='./var'
      done < <(jq -r '.layers[].digest' "$1/blobs/sha256/$(image_digest "$1")")
      ;;
  esac
  if [[ $1 == *.rpm ]]; then
    rpm -qp --nosignature --qf '[%{FILEDIGESTS}\t%{FILENAMES}\n]' "$1" | sed 's|\t/|\t|'
  else
    (cd "$tree" && find . -type f -printf '%P\0' | xargs -0 -r sha256sum) | sed 's/  /\t/'
  fi | grep -E '\.jar$|/?librocksdbjni[^/]*\.so$|\.aot$|runtime/lib/(modules|security/cacerts)$' | grep -v 'runtime/lib/jrt-fs\.jar$' | sort -k 2
}

# Prints the SHA-256 of the manifest of the image in the folder $1.
image_digest() { jq -r '.manifests[0].digest | ltrimstr("sha256:")' "$1/index.json"; }

# Writes the file libraries of $work, a line for each jar of the build: its name in a package; group, artifact and version of its
# library; license; and the SHA-256 of the jar as published, if the build has that jar.
list_libraries() {
  local jar name library group artifact number license line property
  for jar in "$dist"/{vetting-cli,mirror-server,tracing,cluster}/*.jar; do
    name=$(basename "$jar" | sed '/^rocksdbjni-/s/-linux64//')
    library=${name%%-[0-9]*}
    number=${name#"$library"-}
    number=${number%.jar}
    find_library "$library"
    if [[ -z $line ]]; then
      printf '%s\tlazaret\t%s\t%s\tApache-2.0\t\n' "$name" "$library" "$number"
      continue
    fi
    IFS=$'\t' read -r group license _ <<<"$line"
    artifact=$library
    case $group in
      *:*:*)
        property=${group##*:}
        number=$(sed -n "s/.*<$property>\(.*\)<.*/\1/p" "$root/pom.xml")
        group=${group%:*}
        artifact=${group#*:}
        group=${group%:*}
        printf '%s\t%s\t%s\t%s\t%s\t\n' "$name" "$group" "$artifact" "$number" "$license"
        continue
        ;;
      -) group=$(unzip -p "$jar" 'META-INF/maven/*/*/pom.properties' | tr -d '\r' | sed -n 's/^groupId=//p' | head -1) ;;
    esac
    [[ -n $group ]] || die "cannot describe the library '$library': expected its group in the jar, found none; name it in third-party/libraries.tsv"
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "$group" "$artifact" "$number" "$license" "$(sha256sum "$jar" | cut -d ' ' -f 1)"
  done | sort -u >"$work/libraries"
}

# Prints the bill of materials of the package $1 (CycloneDX 1.6).
write_bill() {
  local arch home_of=$work/none packages=() debian
  arch=$(processor_of "$1")
  [[ -z $arch ]] || home_of=$work/$arch/lazaret
  if [[ -d $1 ]]; then
    for debian in "${image_packages[@]}"; do
      packages+=("$debian" "$(sed -n 's/^Version: //p' "$work/$arch/debian/$debian.control")" "$(jdk_arch "$arch")")
    done
  fi
  jq -S -n -f "$here/supply/bill.jq" --rawfile contents "$work/contents" --rawfile libraries "$work/libraries" \
    --arg name "${1##*/}" --arg version "$version" --arg sha256 "$(digest_of_package "$1")" \
    --arg time "$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)" --arg java "$(java_of_runtime "$home_of/runtime")" \
    --arg ca "$(version_of_ca)" --args "${packages[@]}"
}

digest_of_package() {
  if [[ -d $1 ]]; then
    image_digest "$1"
  else
    sha256sum "$1" | cut -d ' ' -f 1
  fi
}

# Prints the version of the Java runtime in the folder $1, or nothing.
java_of_runtime() { [[ ! -e $1/release ]] || sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release"; }

# Prints the statement about the build of the package $1 (in-toto, SLSA provenance 1).
write_provenance() {
  local changed=false
  [[ -z $(git -C "$root" status --porcelain 2>/dev/null) ]] || changed=true
  jq -S -n -f "$here/supply/provenance.jq" --rawfile contents "$work/contents" --rawfile libraries "$work/libraries" \
    --arg name "${1##*/}" --arg sha256 "$(digest_of_package "$1")" --arg bill "$(sha256sum "$1.cdx.json" | cut -d ' ' -f 1)" \
    --arg version "$version" --arg revision "$revision" --arg arch "$(processor_of "$1")" --arg caches "$caches" --arg epoch "$epoch" \
    --arg commit "$(git -C "$root" rev-parse HEAD)" --argjson changed "$changed" \
    --arg ca "$(version_of_ca)" --arg jdk "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$jdk/release")"
}
