package lazaret.vetting.audit;

import java.util.List;
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
}
