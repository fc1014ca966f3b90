package lazaret.vetting.deskapi.audits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement on a crate.
///
/// @param peer the name of the import; null for a decision of this server
/// @param kind the kind of the statement
/// @param about the versions or the publisher that the statement names
/// @param criteria the criteria of the statement
/// @param who the persons who made the statement
/// @param notes the notes of the statement; null if it has none
public record AuditStatementInfo(
    @Nullable String peer,
    Kind kind,
    String about,
    List<String> criteria,
    List<String> who,
    @Nullable String notes) {
  public AuditStatementInfo {
    criteria = List.copyOf(criteria);
    who = List.copyOf(who);
  }

  /// The kinds of statements.
  public enum Kind {
    /// A full audit.
    AUDIT,
    /// A delta audit.
    DELTA,
    /// A violation.
    VIOLATION,
    /// A wildcard audit of a publisher.
    WILDCARD,
    /// A publisher that is trusted.
    TRUSTED,
    /// An exemption.
    EXEMPTION,
    /// An audit of an unpublished version.
    UNPUBLISHED,
    /// A record of who published a version.
    PUBLISHER
  }
}
