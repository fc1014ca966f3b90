package lazaret.cli.desk;

/// Carries questions to a desk. Thread-safe; blocks.
public interface DeskTransport extends AutoCloseable {
  /// Asks.
  ///
  /// @throws CliException with code `server-unavailable` if no answer comes
  DeskAnswer ask(DeskQuestion question);

  /// Returns where the desk is, for messages: `the gate at http://127.0.0.1:7080`.
  String where();

  @Override
  void close();
}
