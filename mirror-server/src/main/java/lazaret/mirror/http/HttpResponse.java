package lazaret.mirror.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.serving.RefusalText;
import org.jspecify.annotations.Nullable;

/// An HTTP response. The sender adds its length header and its request id.
///
/// @param status the status code
/// @param fields headers in order, names in lower case
/// @param body the content, which is omitted in a response to HEAD; empty if there is a file
/// @param code the reason of a refusal, for the access log: a code of `docs/reasons.md` or
///   `docs/errors.md`; empty if it is not a refusal or the status is sufficient
/// @param lines the fields as [Http1Writer#lines] makes them, for responses that are sent often;
///   null if the writer makes them
/// @param file the content, if it is read while it is sent; null if it is `body`
public record HttpResponse(
    int status,
    List<Field> fields,
    Bytes body,
    String code,
    @Nullable Bytes lines,
    @Nullable FileBody file) {
  public HttpResponse {
    fields = List.copyOf(fields);
  }

  public HttpResponse(
      int status, List<Field> fields, Bytes body, String code, @Nullable Bytes lines) {
    this(status, fields, body, code, lines, null);
  }

  public HttpResponse(int status, List<Field> fields, Bytes body, String code) {
    this(status, fields, body, code, null);
  }

  public HttpResponse(int status, List<Field> fields, Bytes body) {
    this(status, fields, body, "");
  }

  /// One header.
  public record Field(String name, String value) {}

  /// Returns a response of plain text. Control characters are replaced: text from upstream or a
  /// reviewer's reason must not control a terminal or forge a line.
  public static HttpResponse text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", Bytes.utf8(RefusalText.clean(text) + "\n"))
        .with("cache-control", "no-store");
  }

  /// Creates a response with a JSON body.
  public static HttpResponse json(int status, Bytes body) {
    return of(status, "application/json", body);
  }

  /// Creates a response with a body that browsers do not reinterpret.
  public static HttpResponse of(int status, String contentType, Bytes body) {
    return new HttpResponse(
        status,
        List.of(
            new Field("content-type", contentType), new Field("x-content-type-options", "nosniff")),
        body);
  }

  /// Creates a response with a file as the body.
  public static HttpResponse of(int status, String contentType, FileBody file) {
    return new HttpResponse(
        status, of(status, contentType, Bytes.EMPTY).fields(), Bytes.EMPTY, "", null, file);
  }

  /// Returns the number of bytes of the content.
  public long length() {
    return file == null ? body.length() : file.length();
  }

  /// Creates a response with status 503 that names the time of the next attempt.
  public static HttpResponse unavailable(String text, Duration retryAfter) {
    return text(503, text).retryAfter(retryAfter);
  }

  /// Returns the refusal of a method that a path does not support.
  public static HttpResponse method(String allowed) {
    return text(405, "this path accepts " + allowed + " only").with("allow", allowed);
  }

  /// Returns this response with one more header field.
  public HttpResponse with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new HttpResponse(status, more, body, code, null, file);
  }

  /// Returns this response with the code of its refusal for the access log.
  public HttpResponse coded(String why) {
    return new HttpResponse(status, fields, body, why, null, file);
  }

  /// Returns this response with the time after which to repeat the request, in whole seconds, at
  /// least one.
  public HttpResponse retryAfter(Duration after) {
    return with(
        "retry-after", Long.toString(Math.clamp(after.plusMillis(999).toSeconds(), 1, 86_400)));
  }
}
