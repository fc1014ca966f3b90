package lazaret.vetting.deskapi.audits;

import java.time.Instant;
import java.util.List;

/// The result of refreshing one import.
public sealed interface AuditsRefreshInfo {
  /// New audits were imported.
  ///
  /// @param name the name of the import
  /// @param source the address
  /// @param at the time of the import
  /// @param crates the number of crates
  /// @param entries the number of entries
  /// @param bound the number of versions that are bound to a SHA-256 of the index
  /// @param exempted the number of versions that were exempted with it; 0 if it is not known
  /// @param warnings entries that were ignored, one clause each
  record Updated(
      String name,
      String source,
      Instant at,
      long crates,
      long entries,
      long bound,
      long exempted,
      List<String> warnings)
      implements AuditsRefreshInfo {
    public Updated {
      warnings = List.copyOf(warnings);
    }
  }

  /// The source has the same content.
  ///
  /// @param name the name of the import
  record Unchanged(String name) implements AuditsRefreshInfo {}

  /// The refresh failed; the previous audits stay in force.
  ///
  /// @param name the name of the import
  /// @param refused the cause in one clause
  record Refused(String name, String refused) implements AuditsRefreshInfo {}
}
