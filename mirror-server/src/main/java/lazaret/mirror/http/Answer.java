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
/// @param code why it is a refusal, for the access log: a code of `docs/reasons.md` or
///   `docs/errors.md`; empty where it is none or the status says it all
record Answer(int status, List<Field> fields, Bytes body, String code) {
  Answer {
    fields = List.copyOf(fields);
  }

  Answer(int status, List<Field> fields, Bytes body) {
    this(status, fields, body, "");
  }

  /// One header.
  record Field(String name, String value) {}

  /// An answer in words. Control characters are taken out of them: what upstream said, or a
  /// person's reason, must not steer a terminal or forge a line.
  static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", Bytes.utf8(RefusalText.clean(text) + "\n"))
        .with("cache-control", "no-store");
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
    return text(503, text).retryAfter(retryAfter);
  }

  /// The refusal of a method that a path does not take.
  static Answer method(String allowed) {
    return text(405, "this path takes " + allowed + " only").with("allow", allowed);
  }

  Answer with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Answer(status, more, body, code);
  }

  /// Names the refusal for the access log.
  Answer coded(String why) {
    return new Answer(status, fields, body, why);
  }

  /// Says when to ask again, in whole seconds, at least one.
  Answer retryAfter(Duration after) {
    return with(
        "retry-after", Long.toString(Math.clamp(after.plusMillis(999).toSeconds(), 1, 86_400)));
  }
}
