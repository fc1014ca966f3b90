package lazaret.vetting.desk.audits;

import java.time.Instant;
import java.util.List;

/// The result of importing the audits of a peer.
///
/// @param peer the nickname of the peer
/// @param source the origin of the audits, for people
/// @param at the moment at which the source was last known to have this content
/// @param crates the number of crates with entries
/// @param entries the number of entries
/// @param bound the number of versions that are bound to a checksum of the index
/// @param exempted the number of versions exempted with the import; 0 if no longer known
/// @param warnings the omissions of the import; empty if no longer known
public record AuditImportReport(
    String peer,
    String source,
    Instant at,
    int crates,
    int entries,
    int bound,
    int exempted,
    List<String> warnings) {
  /// Copies the list.
  public AuditImportReport {
    warnings = List.copyOf(warnings);
  }
}
