package lazaret.cli.desk;

/// A connection that sends requests to a desk. Thread-safe; requests block.
public interface DeskTransport extends AutoCloseable {
  /// Sends a request and returns the reply.
  ///
  /// @throws CliException with code `server-unavailable` if no reply arrives
  DeskAnswer ask(DeskQuestion question);

  /// Returns the address of the desk for messages: `the gate at http://127.0.0.1:7080`.
  String where();

  @Override
  void close();
}
