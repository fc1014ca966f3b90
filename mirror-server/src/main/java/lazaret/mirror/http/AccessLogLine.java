package lazaret.mirror.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import lazaret.vetting.gate.store.Requester;

/// One request in the access log. Queries and headers are not logged, and text from clients is
/// escaped, so that a path cannot forge a line.
///
/// @param at the time of its arrival
/// @param id the request id
/// @param method in capitals
/// @param path as sent
/// @param protocol name and version, as `HTTP/1.1`
/// @param status the status of the response
/// @param bytes the length of the body that was sent
/// @param micros the duration of the response in microseconds
/// @param requester the requester
/// @param code the reason of a refusal; empty if it was not refused
public record AccessLogLine(
    Instant at,
    String id,
    String method,
    String path,
    String protocol,
    int status,
    long bytes,
    long micros,
    Requester requester,
    String code) {

  /// The protocol of requests that are not HTTP/2.
  public static final String HTTP1 = "HTTP/1.1";

  /// The protocol of requests on HTTP/2 connections.
  public static final String HTTP2 = "HTTP/2.0";

  /// The maximum length of a path in characters.
  private static final int MAX_PATH = 1_024;

  private static final DateTimeFormatter COMMON =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// Creates the line of a request over HTTP/1.1.
  public AccessLogLine(
      Instant at,
      String id,
      String method,
      String path,
      int status,
      long bytes,
      long micros,
      Requester asker,
      String code) {
    this(at, id, method, path, HTTP1, status, bytes, micros, asker, code);
  }

  /// Returns the line as a JSON object, ended by a newline.
  String json() {
    StringBuilder out = new StringBuilder(224 + path.length());
    out.append("{\"at\":\"").append(at);
    text(out.append('"'), "id", id);
    text(out, "method", method);
    text(out, "path", path);
    out.append(",\"status\":").append(status);
    out.append(",\"bytes\":").append(bytes);
    out.append(",\"micros\":").append(micros);
    text(out, "token", requester.token());
    text(out, "address", requester.address());
    if (!code.isEmpty()) {
      text(out, "code", code);
    }
    return out.append("}\n").toString();
  }

  private static void text(StringBuilder out, String key, String value) {
    out.append(",\"").append(key).append("\":\"");
    int end = Math.min(value.length(), MAX_PATH);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      // Everything outside printable ASCII is escaped, so that it cannot mislead a terminal or a
      // parser.
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /// Returns the line in the Common Log Format, ended by a newline.
  String common() {
    return "%s - %s [%s] \"%s %s %s\" %d %d\n"
        .formatted(
            plain(requester.address()),
            plain(requester.token()),
            COMMON.format(at),
            plain(method),
            plain(path),
            protocol,
            status,
            bytes);
  }

  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .limit(MAX_PATH)
        .forEach(c -> out.append(c > 0x20 && c < 0x7f && c != '"' && c != '\\' ? (char) c : '?'));
    return out.toString();
  }
}
