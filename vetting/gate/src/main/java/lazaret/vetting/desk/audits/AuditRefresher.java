package lazaret.vetting.desk.audits;

import java.util.List;

/// Fetches audits from their addresses. Thread-safe; blocks.
public interface AuditRefresher {
  /// Refreshes each import that has an address.
  ///
  /// @param by the owner of the token, for the ledger
  /// @return the outcomes by name; empty if the server has no network
  List<Outcome> now(String by);

  /// Fetches one import, which is refreshed from then on.
  ///
  /// @param allowFewer whether a file with less than half of the previous entries is accepted
  /// @param by the owner of the token, for the ledger
  /// @throws lazaret.vetting.LazaretException if it cannot be fetched or imported
  AuditImportReport fetch(AuditService.Followed source, boolean allowFewer, String by);

  /// The outcome of refreshing one import.
  sealed interface Outcome {
    /// New audits are in force.
    ///
    /// @param audits the import
    record Updated(AuditImportReport audits) implements Outcome {}

    /// The source has the same content.
    ///
    /// @param name the name of the import
    record Unchanged(String name) implements Outcome {}

    /// The previous audits stay in force.
    ///
    /// @param name the name of the import
    /// @param cause the cause in one clause
    record Failed(String name, String cause) implements Outcome {}
  }
}
