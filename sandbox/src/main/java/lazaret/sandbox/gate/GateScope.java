package lazaret.sandbox.gate;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What may be asked of the gate during a session. What is not in it is answered by the relay, and
/// the gate never hears of it: no name that a build script makes up leaves the machine.
public sealed interface GateScope {
  /// Any index file and any artefact, for a resolution that begins without a lockfile. Only for
  /// phases in which no code of a crate runs.
  record Resolution() implements GateScope {}

  /// What a lockfile names and nothing else.
  ///
  /// @param names of the crates, in lower case
  /// @param artefacts of the lockfile
  record Closure(Set<String> names, Set<GateArtefact> artefacts) implements GateScope {
    /// Copies the sets.
    public Closure {
      names = Set.copyOf(names);
      artefacts = Set.copyOf(artefacts);
    }
  }

  /// Returns the scope of a lockfile.
  static GateScope closure(Collection<GateArtefact> artefacts) {
    return new Closure(
        artefacts.stream().map(a -> a.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
        Set.copyOf(artefacts));
  }
}
