package lazaret.sandbox.relay;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The objects that may be requested from the gate in a session. The relay refuses all others
/// without contacting the gate, so a name that a build script makes up does not leave the machine.
public sealed interface RelayScope {
  /// All index files and artifacts, for a resolution without a lockfile. It must be used only in
  /// phases in which no crate code runs.
  record Resolution() implements RelayScope {}

  /// The crates and artifacts of a lockfile.
  ///
  /// @param names the names of the crates in lower case
  /// @param artifacts the artifacts of the lockfile
  record Closure(Set<String> names, Set<LockedArtifact> artifacts) implements RelayScope {
    /// Copies the sets.
    public Closure {
      names = Set.copyOf(names);
      artifacts = Set.copyOf(artifacts);
    }
  }

  /// Returns the scope of the artifacts of a lockfile.
  static RelayScope closure(Collection<LockedArtifact> artifacts) {
    return new Closure(
        artifacts.stream().map(a -> a.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
        Set.copyOf(artifacts));
  }
}
