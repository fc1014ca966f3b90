package lazaret.vetting.deskapi.client;

import java.time.Duration;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;

/// A connection to a desk: over HTTP, or to a desk in the same process. Thread-safe; blocks.
public interface DeskTransport extends AutoCloseable {
  /// Calls an operation.
  ///
  /// @param timeout the time to wait for the reply; a desk in the same process ignores it
  /// @throws DeskException with the code `server-unavailable` if no reply arrives
  <Q extends Record, R extends Record> Reply<R> call(
      Operation<Q, R> operation, Q request, Duration timeout);

  /// Returns the place of the desk for messages: `the gate at http://127.0.0.1:7080`.
  String where();

  @Override
  void close();
}
