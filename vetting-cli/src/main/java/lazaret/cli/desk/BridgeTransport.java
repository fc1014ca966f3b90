package lazaret.cli.desk;

import java.time.Duration;
import lazaret.vetting.deskapi.Body;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestBinder;
import lazaret.vetting.deskapi.RequestParts;
import lazaret.vetting.deskapi.Route;
import lazaret.vetting.deskapi.client.ReplyReader;

/// A typed transport over an untyped one, while verbs of both kinds exist.
public final class BridgeTransport implements lazaret.vetting.deskapi.client.DeskTransport {
  private final DeskTransport untyped;

  /// Creates a transport over another one, which is closed with it.
  public BridgeTransport(DeskTransport untyped) {
    this.untyped = untyped;
  }

  @Override
  public <Q extends Record, R extends Record> Reply<R> call(
      Operation<Q, R> operation, Q request, Duration timeout) {
    Route route = operation.route();
    RequestParts parts = RequestBinder.parts(operation, request);
    DeskAnswer answer =
        untyped.ask(
            new DeskQuestion(
                route.method().name(),
                parts.target(route),
                parts.body(),
                route.body() == Body.JSON,
                timeout,
                operation.confidential(request)));
    return new ReplyReader(untyped.where())
        .read(
            operation,
            new ReplyReader.Response(answer.status(), answer.body(), answer.retryAfter()));
  }

  @Override
  public String where() {
    return untyped.where();
  }

  @Override
  public void close() {
    untyped.close();
  }
}
