package lazaret.vetting.deskapi.client;

import java.time.Duration;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.OperationInfo;
import lazaret.vetting.deskapi.store.OperationsReply;
import lazaret.vetting.progress.ProgressShare;

/// A client of one desk. Thread-safe; blocks.
public final class DeskClient implements AutoCloseable {
  private static final Duration SHARE_PATIENCE = Duration.ofSeconds(5);

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

  /// Returns the completed share of a long operation that runs at the desk, or
  /// [ProgressShare#UNKNOWN] if there is no reply. The operation itself reports failures.
  public ProgressShare share(String operation) {
    try {
      return switch (reply(StoreOperations.OPERATIONS, new EmptyRequest(), SHARE_PATIENCE)) {
        case Reply.Done<OperationsReply> done ->
            done.value().operations().stream()
                .filter(each -> each.name().equals(operation))
                .reduce((_, newer) -> newer)
                .map(DeskClient::share)
                .orElse(ProgressShare.UNKNOWN);
        case Reply.Refused<OperationsReply> _ -> ProgressShare.UNKNOWN;
      };
    } catch (LazaretException _) {
      return ProgressShare.UNKNOWN;
    }
  }

  private static ProgressShare share(OperationInfo info) {
    String unit = info.unit();
    return new ProgressShare(info.phase(), info.done(), info.total(), unit == null ? "" : unit);
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
