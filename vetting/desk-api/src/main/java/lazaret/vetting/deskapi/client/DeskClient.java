package lazaret.vetting.deskapi.client;

import java.time.Duration;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;

/// A client of one desk. Thread-safe; blocks.
public final class DeskClient implements AutoCloseable {
  private final DeskTransport transport;

  /// Creates a client over a transport, which is closed with it.
  public DeskClient(DeskTransport transport) {
    this.transport = transport;
  }

  /// Calls an operation and returns its result.
  ///
  /// @param attempt the purpose of the call for the message of a failure: `cannot show serde`
  /// @throws DeskException if the desk refuses the operation or no reply arrives
  public <Q extends Record, R extends Record> R call(
      Operation<Q, R> operation, Q request, String attempt) {
    return value(reply(operation, request), attempt);
  }

  /// Calls an operation and returns its reply, for callers that continue after a refusal.
  ///
  /// @throws DeskException if no reply arrives
  public <Q extends Record, R extends Record> Reply<R> reply(Operation<Q, R> operation, Q request) {
    return reply(operation, request, operation.timeout());
  }

  /// Calls an operation and waits for another time than that of the operation.
  ///
  /// @throws DeskException if no reply arrives in that time
  public <Q extends Record, R extends Record> Reply<R> reply(
      Operation<Q, R> operation, Q request, Duration timeout) {
    return transport.call(operation, request, timeout);
  }

  /// Returns the result of a reply.
  ///
  /// @param attempt the purpose of the call for the message of a failure: `cannot show serde`
  /// @throws DeskException if the desk refused the operation
  public static <R extends Record> R value(Reply<R> reply, String attempt) {
    return reply.orElseThrow(refused -> new DeskException(attempt, refused.problems()));
  }

  /// Returns the place of the desk for messages: `the gate at http://127.0.0.1:7080`.
  public String where() {
    return transport.where();
  }

  @Override
  public void close() {
    transport.close();
  }
}
