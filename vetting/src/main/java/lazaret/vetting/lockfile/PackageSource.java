package lazaret.vetting.lockfile;

import org.jspecify.annotations.Nullable;

/// Where a package of a lockfile comes from. Source: Cargo, `SourceId` and its encoding in
/// `Cargo.lock`.
public sealed interface PackageSource {
  // The two kinds that every lockfile has compare by hand, for the reason that LockedId does.

  /// The public registry, whether the lockfile names its git index or its sparse one. Source
  /// replacement keeps this identity, so these are the packages that the gate serves.
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

  /// Another registry, which cargo asks directly: it goes round the gate.
  ///
  /// @param url the index as the lockfile names it: `registry+https://..` or `sparse+https://..`
  record OtherRegistry(String url) implements PackageSource {}

  /// A git repository: it goes round the gate.
  ///
  /// @param url the repository with the reference that was asked for, without `git+` and the
  ///   commit: `https://example.org/x.git?branch=main`
  /// @param commit the commit that was locked, or null where the lockfile has none
  record Git(String url, @Nullable String commit) implements PackageSource {}

  /// The workspace itself or a folder beside it; lockfiles name no place for these.
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
