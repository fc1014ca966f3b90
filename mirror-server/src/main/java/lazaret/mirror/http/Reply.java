package lazaret.mirror.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// One answer. An answer to `HEAD` is the one to `GET`; its body is left out on the way to the
/// wire.
///
/// @param status the HTTP status
/// @param headers all header fields but `Content-Length`, `Date` and `Connection`
/// @param body empty where there is none
/// @param code why it is not what was asked for, a word of `docs/errors.md` or `docs/reasons.md`,
///   for the access log; empty where it is
record Reply(Status status, List<Header> headers, Bytes body, String code) {
  static final Header TEXT =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
  static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  static final Header HTML =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
  static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
  static final Header NO_SNIFFING =
      HeaderValues.createCached(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");

  /// Copies the list.
  Reply {
    headers = List.copyOf(headers);
  }

  static Reply ok(Bytes body, Header... headers) {
    return new Reply(Status.OK_200, List.of(headers), body, "");
  }

  /// An answer in words.
  static Reply text(Status status, String code, String text) {
    String line = text.endsWith("\n") ? text : text + "\n";
    return new Reply(status, List.of(TEXT, NO_STORE, NO_SNIFFING), Bytes.utf8(line), code);
  }

  /// Returns this answer with more header fields.
  Reply with(Header... more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    return new Reply(status, all, body, code);
  }

  /// Returns this answer with a `Retry-After` of whole seconds, at least one; unchanged where there
  /// is no duration.
  Reply retryAfter(@Nullable Duration after) {
    if (after == null) {
      return this;
    }
    long seconds = Math.clamp(after.plusMillis(999).toSeconds(), 1, 86_400);
    return with(HeaderValues.create(HeaderNames.RETRY_AFTER, seconds));
  }

  /// Returns the value of a header field; null where there is none.
  @Nullable String header(HeaderName name) {
    return headers.stream()
        .filter(h -> h.headerName().equals(name))
        .map(Header::get)
        .findFirst()
        .orElse(null);
  }
}
