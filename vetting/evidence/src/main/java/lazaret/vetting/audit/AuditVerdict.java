package lazaret.vetting.audit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.crates.Sha256;

/// The verdict of the audits on one version for the requested criteria.
public sealed interface AuditVerdict {
  /// Audits meet every criterion.
  ///
  /// @param paths one path for each requested criterion
  record Fully(List<AuditPath> paths) implements AuditVerdict {
    /// Copies the list.
    public Fully {
      paths = List.copyOf(paths);
    }
  }

  /// Every criterion is met, some of them by audits that lead back to an exemption.
  ///
  /// @param paths one path for each requested criterion
  record Partially(List<AuditPath> paths) implements AuditVerdict {
    /// Copies the list.
    public Partially {
      paths = List.copyOf(paths);
    }
  }

  /// Every criterion is met, but the version itself has an exemption.
  ///
  /// @param paths one path for each requested criterion
  record WithExemptions(List<AuditPath> paths) implements AuditVerdict {
    /// Copies the list.
    public WithExemptions {
      paths = List.copyOf(paths);
    }
  }

  /// Some criteria are not met.
  ///
  /// @param missing names of the criteria without a path, including unknown ones
  record NotVetted(List<String> missing) implements AuditVerdict {
    /// Copies the list.
    public NotVetted {
      missing = List.copyOf(missing);
    }
  }

  /// A violation is reported for the crate. As in cargo-vet, this has precedence over everything
  /// else. Violations of the version itself are marked.
  ///
  /// @param conflicts at least one
  record Violated(List<AuditConflict> conflicts) implements AuditVerdict {
    /// Copies the list.
    public Violated {
      conflicts = List.copyOf(conflicts);
    }
  }

  /// The audits were imported when the version had other bytes, so they do not apply to the current
  /// ones.
  ///
  /// @param seen checksum in the index at the time of import
  record OtherBytes(Sha256 seen) implements AuditVerdict {}

  /// Returns a clause with the reason why the version does not meet criteria, or empty if it does.
  ///
  /// @param asked names of the requested criteria
  default Optional<String> lack(Collection<String> asked) {
    String criteria = String.join(", ", asked);
    return switch (this) {
      case Fully _ -> Optional.empty();
      case NotVetted none ->
          Optional.of("no audit covers it for " + String.join(", ", none.missing()));
      case Partially _ -> Optional.of("its audits for " + criteria + " build on an exemption");
      case WithExemptions _ -> Optional.of("it is exempted from " + criteria + " without a review");
      case OtherBytes other -> Optional.of("the audits are of sha256 " + other.seen().hex());
      case Violated violated ->
          Optional.of(
              violated.conflicts().stream()
                  .map(AuditConflict::acceptedBefore)
                  .distinct()
                  .limit(3)
                  .collect(Collectors.joining("; ")));
    };
  }
}
