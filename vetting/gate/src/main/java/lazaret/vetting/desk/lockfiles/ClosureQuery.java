package lazaret.vetting.desk.lockfiles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The selection of the versions whose requirements are checked.
public sealed interface ClosureQuery {
  /// One version and the versions that a resolver would select for its requirements, recursively.
  ///
  /// @param name the crate
  /// @param version the version; null for the newest served one, or the newest if none is served
  record Of(CrateName name, @Nullable CrateVersion version) implements ClosureQuery {}

  /// All packages of a lockfile that come from the registry.
  record Locked(Lockfile lock) implements ClosureQuery {}

  /// All served versions whose artifacts are stored. No request is sent to upstream.
  record Everything() implements ClosureQuery {}
}
