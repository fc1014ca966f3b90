package lazaret.vetting.deskapi.audits;

import java.time.Instant;
import java.util.List;

/// The audits that were imported from one source.
///
/// @param name the name of the import
/// @param source the address or file
/// @param at the time of the import
/// @param crates the number of crates
/// @param entries the number of entries
/// @param bound the number of versions that are bound to a SHA-256 of the index
/// @param exempted the number of versions that were exempted with it; 0 if it is not known
/// @param warnings entries that were ignored, one clause each
public record AuditImportInfo(
    String name,
    String source,
    Instant at,
    long crates,
    long entries,
    long bound,
    long exempted,
    List<String> warnings) {
  public AuditImportInfo {
    warnings = List.copyOf(warnings);
  }
}
