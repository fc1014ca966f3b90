package lazaret.vetting.audit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.crates.Sha256;

/// What the audits say of one version for the criteria that were asked for.
public sealed interface AuditVerdict {
  /// Every criterion is met by audits.
  ///
  /// @param paths one path for each criterion that was asked for
  record Fully(List<AuditPath> paths) implements AuditVerdict {
    /// Copies the list.
    public Fully {
      paths = List.copyOf(paths);
    }
  }

  /// Every criterion is met, some of them by audits that lead back to an exemption.
  ///
  /// @param paths one path for each criterion that was asked for
  record Partially(List<AuditPath> paths) implements AuditVerdict {
    /// Copies the list.
    public Partially {
      paths = List.copyOf(paths);
    }
  }

  /// Every criterion is met, but the version itself is exempted.
  ///
  /// @param paths one path for each criterion that was asked for
  record WithExemptions(List<AuditPath> paths) implements AuditVerdict {
    /// Copies the list.
    public WithExemptions {
      paths = List.copyOf(paths);
    }
  }

  /// Some criteria are not met.
  ///
  /// @param missing the names of those that no path leads to, and of those that nobody defines
  record NotVetted(List<String> missing) implements AuditVerdict {
    /// Copies the list.
    public NotVetted {
      missing = List.copyOf(missing);
    }
  }

  /// Somebody reports that versions of the crate violate criteria. As cargo-vet, this comes before
  /// everything else, needed or not; what is said of the version itself is marked.
  ///
  /// @param conflicts at least one
  record Violated(List<AuditConflict> conflicts) implements AuditVerdict {
    /// Copies the list.
    public Violated {
      conflicts = List.copyOf(conflicts);
    }
  }

  /// The audits were made, and imported, when the version had other bytes: what they say is not
  /// about these.
  ///
  /// @param seen the checksum that the index named when the audits were imported
  record OtherBytes(Sha256 seen) implements AuditVerdict {}

  /// Says in a clause why the version does not meet criteria; empty where it does.
  ///
  /// @param asked the names of the criteria that were asked for
  default Optional<String> lack(Collection<String> asked) {
    String criteria = String.join(", ", asked);
    return switch (this) {
      case Fully _ -> Optional.empty();
      case NotVetted none ->
          Optional.of("nobody vouches for it for " + String.join(", ", none.missing()));
      case Partially _ ->
          Optional.of("what vouches for it for " + criteria + " builds on an exemption");
      case WithExemptions _ ->
          Optional.of("it is exempted from " + criteria + ", which nobody read it for");
      case OtherBytes other -> Optional.of("the audits are of sha256 " + other.seen().hex());
      case Violated violated ->
          Optional.of(
              violated.conflicts().stream()
                  .map(AuditConflict::told)
                  .distinct()
                  .limit(3)
                  .collect(Collectors.joining("; ")));
    };
  }
}
