package lazaret.sandbox.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.sandbox.SandboxPolicy.LockedVersion;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Origin;

/// The versions of the candidates for a denied call. A procedural macro is known to rustc by its
/// library, whose name lacks the version. The lockfile has it, and the build cannot change the
/// lockfile. All locked versions of a crate are candidates. Immutable.
public final class CrateVersionLookup {
  /// The candidates by crate name with underscores.
  private final Map<String, TreeSet<String>> candidates = new HashMap<>();

  private CrateVersionLookup(Collection<LockedVersion> locked) {
    for (LockedVersion each : locked) {
      candidates
          .computeIfAbsent(each.name().replace('-', '_'), _ -> new TreeSet<>())
          .add(each.name() + " " + each.version());
    }
  }

  /// Returns the look-up in the versions of a lockfile.
  ///
  /// @param locked the versions; empty if they are unknown
  public static CrateVersionLookup of(Collection<LockedVersion> locked) {
    return new CrateVersionLookup(locked);
  }

  /// Returns the same violations, with versions for the candidates as far as they are known.
  public List<Violation> complete(List<Violation> violations) {
    return violations.stream().map(this::complete).toList();
  }

  private Violation complete(Violation violation) {
    Origin origin = violation.origin();
    List<String> named =
        origin.candidates().stream()
            .flatMap(c -> candidates.containsKey(c) ? candidates.get(c).stream() : Stream.of(c))
            .toList();
    return new Violation(
        violation.kind(),
        violation.resource(),
        new Origin(origin.crate(), origin.version(), origin.program(), named),
        violation.count(),
        violation.rule(),
        violation.allow());
  }
}
