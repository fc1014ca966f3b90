# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# What all packages need: version, date, and trees of files that are equal in each build. Sourced by packaging/build.

# Prints the version of the product.
version_of_pom() { sed -n '/<artifactId>lazaret</,/<packaging>/s/.*<version>\(.*\)<\/version>.*/\1/p' "$root/pom.xml"; }

# Prints the time of the last commit, in seconds; SOURCE_DATE_EPOCH has priority (reproducible-builds.org).
date_of_commit() { printf '%s' "${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}"; }

# Gives all files of the tree $1 the modes and the time that they have in a package. An AOT cache keeps what it was made
# from, so this is done before caches are trained.
settle_tree() {
  find "$1" -type d -exec chmod 755 {} +
  find "$1" -type f -perm /111 -exec chmod 755 {} +
  find "$1" -type f ! -perm /111 -exec chmod 644 {} +
  find "$1" -exec touch -h -d "@$epoch" {} +
}

# Writes the folder $2 of the folder $1 to the archive $3.
write_archive() {
  tar -C "$1" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$epoch" -cf - "$2" | gzip -n >"$3"
}

# Copies the launcher or script $1 of packaging/ to $2 as a program.
install_program() { install -D -m 755 "$here/$1" "$2"; }

# Prints the lowest version of glibc that has all symbols which the ELF files in the folder $1 name.
least_glibc() {
  find "$1" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jexec -o -name jspawnhelper \) \
    -exec grep -aohE 'GLIBC_2\.[0-9]+' {} + | sort -uV | sed -n '$s/GLIBC_//p'
}
