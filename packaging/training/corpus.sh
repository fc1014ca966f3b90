# shellcheck shell=bash
# The crates of a training: a folder upstream with 48 crates, made of the texts in crates/, without network. Sourced by bin/aot.
# Their texts are the same in each training, and nothing compiles them. They name no host of a feed that bin/aot imports.
# shellcheck disable=SC2154 # bin/aot sets work and training

# Numbers of versions of a crate, in turn: most crates have few, much used ones hundreds.
crate_lengths=(10 17 31 60 120 300)

# Makes the folder upstream $1. Writes the paths by which clients ask for its index files and artifacts, one a line, to the files
# indexes and artifacts of the folder $work.
make_corpus() {
  local up=$1 first second file number names=()
  local -A texts
  for file in "$training"/crates/*.rs; do
    texts[${file##*/}]=$(<"$file")
  done
  for first in amber birch cedar delta ember fjord grove heath; do
    for second in codec table parse shell proto macro; do
      names+=("$first-$second")
    done
  done
  local count=${#names[@]}
  # Each crate needs the next five, the last ones the first.
  names+=("${names[@]:0:5}")
  for ((number = 0; number < count; number++)); do
    make_crate "$number"
  done
}

# Makes the crate of the number $1: its index file, and the artifacts of its last two versions.
make_crate() {
  local name=${names[$1]} needs=("${names[@]:$1 + 1:5}") length=${crate_lengths[($1 + $1 / 6) % 6]} i version req sum
  local path=${name:0:2}/${name:2:2}/$name
  mkdir -p "$up/index/${path%/*}" "$up/crates/$name"
  for ((i = 0; i < length; i++)); do
    version=1.$((i / 10)).$((i % 10))
    req=^1.$((i / 10))
    if ((i + 2 < length)); then
      printf -v sum %064x $(($1 * 1000 + i + 1))
    else
      make_artifact
      sum=$(sha256sum "$up/crates/$name/$name-$version.crate" | cut -d ' ' -f 1)
      printf 'dl/%s/%s/%s\n' "$name" "$version" "$sum" >>"$work/artifacts"
    fi
    index_line
  done >"$up/index/$path"
  printf 'index/%s\n' "$path" >>"$work/indexes"
}

# Prints the index line of the version $version. Its dependencies are those of the manifest: the gate compares them.
index_line() {
  local yanked=false
  ((i % 13 != 5 || i + 2 >= length)) || yanked=true
  printf '{"name":"%s","vers":"%s","deps":[' "$name" "$version"
  printf '{"name":"%s","req":"%s","features":[%s],"optional":%s,"default_features":%s,"target":%s,"kind":"%s"}%s' \
    "${needs[0]}" "$req" '"std"' false false null normal , \
    "${needs[1]}" "$req" '' true true null normal , \
    "${needs[2]}" "$req" '' false true '"cfg(unix)"' normal , \
    "${needs[3]}" "$req" '' false true null dev , \
    "${needs[4]}" "$req" '' false true null build ''
  printf '],"cksum":"%s","features":{"alloc":[],"default":["std"],"std":["alloc","%s/std"]},"features2":{"trace":["dep:%s"]},' \
    "$sum" "${needs[0]}" "${needs[1]}"
  printf '"yanked":%s,"rust_version":"1.65","pubtime":"20%02d-%02d-%02dT%02d:00:00Z","v":2}\n' \
    "$yanked" $((15 + i / 60)) $((i % 60 / 5 + 1)) $((i % 5 * 6 + 1)) $((i % 24))
}

# Makes the artifact of the version $version: a library, a program, or a proc macro, with or without a build script.
make_artifact() {
  local top=$name-$version kind=${name#*-} modules part module
  local tree=$work/trees/$top
  mkdir -p "$tree/src" "$tree/tests"
  case $kind in
    codec) modules=(parser text numbers macros) ;;
    table) modules=(numbers buffer) ;;
    parse) modules=(parser text macros) ;;
    shell) modules=(tasks text parser) ;;
    proto) modules=(buffer tasks numbers) ;;
    macro) modules=(derive macros) ;;
  esac
  [[ $kind != shell ]] || source_text main.rs >"$tree/src/main.rs"
  [[ $kind != codec && $kind != table ]] || source_text build.rs >"$tree/build.rs"
  source_text parser.rs t >"$tree/tests/parser.rs"
  {
    source_text lib.rs
    for part in {a..f}; do
      for module in "${modules[@]}"; do
        source_text "$module.rs" "$part" >"$tree/src/${module}_$part.rs"
        printf 'mod %s_%s;\n' "$module" "$part"
      done
    done
    if [[ $kind == table ]]; then
      printf 'static ROWS: &[(u32, u16, &str)] = &[\n'
      printf '    (0x%05x, %d, "row %d"),\n' {1..6000}
      printf '];\n'
    fi
  } >"$tree/src/lib.rs"
  printf '{"git":{"sha1":"%040x"},"path_in_vcs":""}\n' "$i" >"$tree/.cargo_vcs_info.json"
  printf '# %s\n\nReads and writes records.\n\n```toml\n%s = "%s"\n```\n' "$name" "$name" "$version" >"$tree/README.md"
  manifest >"$tree/Cargo.toml"
  (cd "$work/trees" &&
    tar --format=ustar -czf "$up/crates/$name/$top.crate" "$top"/.cargo_vcs_info.json "$top"/*.* "$top"/*/*)
}

# Prints a text of crates/ for the crate. The part $2 is in the names of what the text declares.
source_text() {
  local text=${texts[$1]}
  text=${text//CRATE/${name//-/_}}
  printf '%s\n' "${text//PART/${2:-}}"
}

# Prints the manifest in the form in which cargo publishes it.
manifest() {
  printf '[package]\nedition = "2021"\nrust-version = "1.65"\nname = "%s"\nversion = "%s"\n' "$name" "$version"
  [[ ! -e $tree/build.rs ]] || printf 'build = "build.rs"\n'
  printf 'description = "Reads and writes records"\nreadme = "README.md"\nkeywords = ["parser", "records"]\n'
  printf 'categories = ["parsing"]\nlicense = "Apache-2.0"\nrepository = "https://git.example/%s"\n' "$name"
  printf '\n[lib]\nname = "%s"\npath = "src/lib.rs"\n' "${name//-/_}"
  [[ $kind != macro ]] || printf 'proc-macro = true\n'
  [[ $kind != shell ]] || printf '\n[[bin]]\nname = "%s"\npath = "src/main.rs"\n' "$name"
  printf '\n[%s]\nversion = "%s"\n%s' \
    "dependencies.${needs[0]}" "$req" $'features = ["std"]\ndefault-features = false\n' \
    "dependencies.${needs[1]}" "$req" $'optional = true\n' \
    "dev-dependencies.${needs[3]}" "$req" '' \
    "build-dependencies.${needs[4]}" "$req" '' \
    "target.\"cfg(unix)\".dependencies.${needs[2]}" "$req" ''
  printf '\n[features]\nalloc = []\ndefault = ["std"]\nstd = ["alloc", "%s/std"]\ntrace = ["dep:%s"]\n' "${needs[0]}" "${needs[1]}"
  printf '\n[lints.rust]\nunsafe_code = "warn"\n'
}
