package lazaret.vetting.lockfile;

import org.jspecify.annotations.Nullable;

/// The source of a package of a lockfile. Source: Cargo, `SourceId` and its encoding in
/// `Cargo.lock`.
public sealed interface PackageSource {
  /// Returns whether the gate serves packages of this source.
  default boolean throughGate() {
    return this instanceof CratesIo || this instanceof Private;
  }

  // The two kinds that every lockfile has compare by hand, for the reason stated in LockedId.

  /// The public registry, named by its git index or its sparse index. Source replacement keeps this
  /// identity, so the gate serves these packages.
  record CratesIo() implements PackageSource {
    @Override
    public boolean equals(Object other) {
      return other instanceof CratesIo;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /// The private registry of a gate, by the form of its address. The form does not show that this
  /// gate hosts the package: only the gate knows its private names.
  ///
  /// @param url the index as the lockfile names it: `sparse+https://../private/index/`
  record Private(String url) implements PackageSource {
    /// The end of the address of every private index.
    static final String PATH = "/private/index/";
  }

  /// Another registry, which cargo queries directly, bypassing the gate.
  ///
  /// @param url the index as the lockfile names it: `registry+https://..` or `sparse+https://..`
  record OtherRegistry(String url) implements PackageSource {}

  /// A git repository, which cargo fetches directly, bypassing the gate.
  ///
  /// @param url address of the repository with the requested reference, without `git+` and the
  ///   commit: `https://example.org/x.git?branch=main`
  /// @param commit the locked commit; null if the lockfile has none
  record Git(String url, @Nullable String commit) implements PackageSource {}

  /// The workspace or another local folder. Lockfiles do not name the path of these packages.
  record Local() implements PackageSource {
    @Override
    public boolean equals(Object other) {
      return other instanceof Local;
    }

    @Override
    public int hashCode() {
      return 2;
    }
  }
}
