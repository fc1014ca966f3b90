package lazaret.testkit;

import java.time.Duration;
import java.util.Map;
import lazaret.vetting.Bytes;

/// A fault of a [ScriptedUpstream]. Faults of the body apply to the response that the upstream
/// would otherwise give with status 200.
public sealed interface Fault {
  /// A response with other content: a status, a redirect, an HTML page or a gzip bomb.
  ///
  /// @param status status, sent as it is
  /// @param headers headers, sent as they are; `Content-Length` is added
  /// @param body body, sent whole
  record Respond(int status, Map<String, String> headers, Bytes body) implements Fault {}

  /// A delay before a response without a fault or with the next fault that matches.
  ///
  /// @param by duration of the delay
  record Delay(Duration by) implements Fault {}

  /// A request without a response until the upstream is healed, switched off or closed.
  record StallBeforeHeaders() implements Fault {}

  /// A response with the true headers and the first bytes of the body, which then stalls.
  ///
  /// @param bytes number of bytes sent
  record StallAfter(int bytes) implements Fault {}

  /// A connection that closes after the first bytes of the body, with the true `Content-Length`.
  ///
  /// @param bytes number of bytes sent
  record Truncate(int bytes) implements Fault {}

  /// A connection that closes after the first bytes in chunks, without the last chunk.
  ///
  /// @param bytes number of bytes sent
  record CutChunks(int bytes) implements Fault {}

  /// A response with the first half of the body as if it were the whole, which is valid HTTP.
  record HalfBody() implements Fault {}

  /// A response with one flipped bit in the middle of the body; length and validators stay the
  /// same.
  record FlipByte() implements Fault {}

  /// A response with a few bytes at a time and pauses between them.
  ///
  /// @param bytes number of bytes at a time
  /// @param every pause after them
  record Drip(int bytes, Duration every) implements Fault {}

  /// A connection that closes without a response.
  record Drop() implements Fault {}

  /// A response with the true body and another entity tag, which is also accepted as a validator.
  ///
  /// @param value the entity tag
  record Etag(String value) implements Fault {}

  /// Returns a fault that responds with a status and a short text.
  static Fault status(int status) {
    return status(status, Map.of());
  }

  /// Returns a fault that responds with a status, headers (`Retry-After`) and a short text.
  static Fault status(int status, Map<String, String> headers) {
    return new Respond(status, headers, Bytes.utf8("scripted " + status + "\n"));
  }

  /// Returns a fault that responds with 302 to another address.
  static Fault redirect(String location) {
    return new Respond(302, Map.of("Location", location), Bytes.EMPTY);
  }

  /// Returns a fault that responds with 200 and the page of a captive portal.
  static Fault html() {
    return new Respond(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        Bytes.utf8("<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n"));
  }
}
