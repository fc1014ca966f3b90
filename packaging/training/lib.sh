# shellcheck shell=bash
# What training/aot needs to know of the package that contains it, as bin/lib.sh has it for a clone. Sourced, never run.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# The package of the command line has no program of the server: its training uses that of another one.
server_home=${LAZARET_TRAINING_SERVER:-$home}
# shellcheck disable=SC2034 # all are used by training/aot
{
  training=$home/training
  mapfile -t server_flags <"$server_home/mirror-server.flags"
  mapfile -t cli_flags <"$home/vetting-cli.flags"
  mapfile -t bundle_flags <"$home/bundle.flags"
  mapfile -t credential_flags <"$home/cargo-credential.flags"
}

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 3
}

# shellcheck disable=SC2034 # used by training/aot
find_jdk() { jdk=$home/runtime; }

ensure_built() { :; }

# Prints the folder of the program $1.
home_of() { if [[ $1 == mirror-server ]]; then printf '%s' "$server_home"; else printf '%s' "$home"; fi; }

class_path() {
  local jars
  mapfile -t jars <"$(home_of "$1")/$1.jars"
  jars=("${jars[@]/#/$(home_of "$1")/jars/}")
  local IFS=:
  printf '%s' "${jars[*]}"
}

native_flag() { printf -- '-Djava.library.path=%s/native' "$(home_of "$1")"; }
