package lazaret.vetting.deskapi.audits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One audit in a chain.
///
/// @param kind the kind of the audit
/// @param peer the name of the import; null for a decision of this server
/// @param from the base of a delta audit; null for other kinds
/// @param to the version that the audit reaches
/// @param who the persons who made the audit
public record AuditStepInfo(
    Kind kind, @Nullable String peer, @Nullable String from, String to, List<String> who) {
  public AuditStepInfo {
    who = List.copyOf(who);
  }

  /// The kinds of audits in a chain.
  public enum Kind {
    /// A full or delta audit.
    AUDIT,
    /// A wildcard audit of a publisher.
    WILDCARD,
    /// A publisher that is trusted.
    TRUSTED,
    /// An exemption.
    EXEMPTION,
    /// An audit of the same content under an unpublished version.
    UNPUBLISHED
  }
}
