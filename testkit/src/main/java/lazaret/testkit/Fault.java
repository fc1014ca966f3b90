package lazaret.testkit;

import java.time.Duration;
import java.util.Map;
import lazaret.vetting.Bytes;

/// What a [ScriptedUpstream] does wrong. Faults that shape the body apply to the answer that the
/// upstream would otherwise have given with status 200.
public sealed interface Fault {
  /// Answers something else altogether: a status, a redirect, a page of HTML, a gzip bomb.
  ///
  /// @param status sent as it is
  /// @param headers sent as they are; `Content-Length` is added
  /// @param body sent whole
  record Respond(int status, Map<String, String> headers, Bytes body) implements Fault {}

  /// Waits, then answers as if nothing had been scripted, or as the next fault that matches says.
  record Delay(Duration by) implements Fault {}

  /// Takes the request and never answers, until the upstream is healed, switched off or closed.
  record StallBeforeHeaders() implements Fault {}

  /// Sends the true headers and the first bytes of the body, then nothing more.
  record StallAfter(int bytes) implements Fault {}

  /// Sends the first bytes of the body under the true `Content-Length`, then closes.
  record Truncate(int bytes) implements Fault {}

  /// Sends the first bytes in chunks and closes without the last chunk.
  record CutChunks(int bytes) implements Fault {}

  /// Sends the first half of the body as if it were the whole: nothing at the wire looks wrong.
  record HalfBody() implements Fault {}

  /// Flips one bit in the middle of the body; length and validators stay as they are.
  record FlipByte() implements Fault {}

  /// Sends a few bytes at a time, for ever slowly.
  record Drip(int bytes, Duration every) implements Fault {}

  /// Closes the connection without an answer.
  record Drop() implements Fault {}

  /// Sends the true body under another entity tag, which it also honours.
  record Etag(String value) implements Fault {}

  /// Answers with a status and a short text.
  static Fault status(int status) {
    return status(status, Map.of());
  }

  /// Answers with a status, headers (`Retry-After`) and a short text.
  static Fault status(int status, Map<String, String> headers) {
    return new Respond(status, headers, Bytes.utf8("scripted " + status + "\n"));
  }

  /// Answers 302 to another place.
  static Fault redirect(String location) {
    return new Respond(302, Map.of("Location", location), Bytes.EMPTY);
  }

  /// Answers 200 with the page of a captive portal.
  static Fault html() {
    return new Respond(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        Bytes.utf8("<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n"));
  }
}
