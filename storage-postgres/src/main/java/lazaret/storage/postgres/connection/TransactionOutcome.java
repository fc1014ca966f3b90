package lazaret.storage.postgres.connection;

/// The end of a transaction after its commit was requested.
public sealed interface TransactionOutcome<T> {
  /// Returns the result of the work within the transaction.
  T value();

  /// The transaction is committed, on the standby for which commits wait, too.
  record Committed<T>(T value) implements TransactionOutcome<T> {}

  /// It is not known whether the transaction is committed everywhere. The connection was lost
  /// during the commit, or the server ended the wait for its standby.
  ///
  /// @param why the reason as a clause
  record Unknown<T>(T value, String why) implements TransactionOutcome<T> {}
}
