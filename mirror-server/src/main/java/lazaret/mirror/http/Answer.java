package lazaret.mirror.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;

/// One HTTP answer. Its length header and its request id are added by whoever sends it.
///
/// @param status the status code
/// @param fields headers in order, names in lower case
/// @param body what is sent, but not to a HEAD
record Answer(int status, List<Field> fields, Bytes body) {
  Answer {
    fields = List.copyOf(fields);
  }

  /// One header.
  record Field(String name, String value) {}

  static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", Bytes.utf8(text + "\n"));
  }

  static Answer json(int status, Bytes body) {
    return of(status, "application/json", body);
  }

  static Answer of(int status, String contentType, Bytes body) {
    return new Answer(
        status,
        List.of(
            new Field("content-type", contentType), new Field("x-content-type-options", "nosniff")),
        body);
  }

  static Answer unavailable(String text, Duration retryAfter) {
    return text(503, text).with("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  /// The refusal of a method that a path does not take.
  static Answer method(String allowed) {
    return text(405, "this path takes " + allowed + " only").with("allow", allowed);
  }

  Answer with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Answer(status, more, body);
  }
}
