package lazaret.vetting.desk;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// Which versions' requirements a person asks about.
public sealed interface ClosureOrder {
  /// One version and what a resolver would take for its requirements, and theirs, and so on.
  ///
  /// @param version null for the newest that is served, or, where none is, the newest
  record Of(CrateName name, @Nullable CrateVersion version) implements ClosureOrder {}

  /// Every package of a lockfile that comes from the registry.
  record Locked(Lockfile lock) implements ClosureOrder {}

  /// Every served version whose bytes are held: what the gate has handed out and would again.
  /// Nothing is asked of upstream.
  record Everything() implements ClosureOrder {}
}
