package lazaret.mirror.following;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;

/// The packages of all known lockfiles, each once. Names are collision keys.
///
/// @param packages each with its name, a space and its version; at most [#MOST]
/// @param lockfiles the digests of the lockfiles; at most [SeenLockfile#MAX_KEPT]
record LockfilePackageSet(Set<String> packages, Set<Sha256> lockfiles) {
  /// The maximum number of packages. More are not followed by their lockfiles.
  static final int MOST = 200_000;

  /// Reads the lockfiles of a store.
  static LockfilePackageSet read(Store store) {
    Set<String> packages = new LinkedHashSet<>();
    Set<Sha256> lockfiles = new HashSet<>();
    try (Stream<SeenLockfile> all = store.lockfiles()) {
      Iterator<SeenLockfile> rest = all.iterator();
      while (rest.hasNext() && lockfiles.size() < SeenLockfile.MAX_KEPT) {
        SeenLockfile next = rest.next();
        lockfiles.add(next.digest());
        if (packages.size() < MOST) {
          packages.addAll(next.packages());
        }
      }
    }
    return new LockfilePackageSet(packages, lockfiles);
  }

  /// A package.
  record Locked(CrateName name, CrateVersion version) {}

  /// Returns the packages.
  List<Locked> locked() {
    return packages.stream()
        .map(
            text -> {
              int space = text.indexOf(' ');
              return new Locked(
                  CrateName.parse(text.substring(0, space)),
                  CrateVersion.parse(text.substring(space + 1)));
            })
        .toList();
  }

  /// Returns the names of the packages, each once.
  List<CrateName> names() {
    return packages.stream()
        .map(text -> text.substring(0, text.indexOf(' ')))
        .distinct()
        .map(CrateName::parse)
        .toList();
  }
}
