package lazaret.cli.desk;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.Body;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.RequestBinder;
import lazaret.vetting.deskapi.RequestParts;
import lazaret.vetting.deskapi.Route;

/// The HTTP form of a call of an operation.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`
/// @param target the path and query, encoded: `/desk/v1/crates/serde/1.0.9`
/// @param body the body; empty for none
/// @param contentType the media type of the body
/// @param timeout the timeout of the reply
record DeskHttpRequest(
    String method, String target, Bytes body, String contentType, Duration timeout) {
  /// Returns the request of a call that is about to be sent.
  static <Q extends Record> DeskHttpRequest of(
      Operation<Q, ?> operation, Q request, Duration timeout) {
    Route route = operation.route();
    RequestParts parts = RequestBinder.parts(operation, request);
    return new DeskHttpRequest(
        route.method().name(),
        Operations.PREFIX + parts.target(route),
        parts.body(),
        route.body() == Body.JSON ? "application/json" : "application/octet-stream",
        timeout);
  }

  /// Returns method and target, without the body.
  @Override
  public String toString() {
    return method + " " + target;
  }
}
