package lazaret.mirror.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import lazaret.vetting.gate.store.Requester;

/// One request in the access log. Queries are not logged, and text from clients is escaped, so that
/// it cannot forge a line.
///
/// @param at the time of its arrival
/// @param id the request id
/// @param trace the id of its trace; empty if there is none
/// @param call the request line
/// @param result the response
/// @param origin the sender
public record AccessLogLine(
    Instant at, String id, String trace, Call call, Result result, Origin origin) {

  /// The protocol of requests that are not HTTP/2.
  public static final String HTTP1 = "HTTP/1.1";

  /// The protocol of requests on HTTP/2 connections.
  public static final String HTTP2 = "HTTP/2.0";

  /// The maximum length of a text in characters.
  private static final int MAX_TEXT = 1_024;

  /// The beginning of the paths of pages, up to their token.
  private static final String PAGES = RouteKind.DOCUMENTATION.prefix() + '~';

  private static final DateTimeFormatter COMMON =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// A request line.
  ///
  /// @param method in capitals
  /// @param path as sent
  /// @param protocol name and version, as `HTTP/1.1`
  public record Call(String method, String path, String protocol) {
    /// Cuts the query, which the path of a rejected request has, and the token of a page.
    public Call {
      path = withoutToken(withoutQuery(path));
    }
  }

  /// The response to a request.
  ///
  /// @param bytes the length of the body that was sent
  /// @param micros the duration in microseconds
  /// @param code the reason of a refusal; empty if it was not refused
  public record Result(int status, long bytes, long micros, String code) {}

  /// The sender of a request.
  ///
  /// @param requester its token and address
  /// @param referrer the page that it came from; empty if it names none
  /// @param agent the program; empty if it names none
  public record Origin(Requester requester, String referrer, String agent) {
    /// Cuts the query of the referrer, which may contain secrets of another site.
    public Origin {
      referrer = withoutToken(withoutQuery(referrer));
    }
  }

  private static String withoutQuery(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '?' || address.charAt(i) == '#') {
        return address.substring(0, i);
      }
    }
    return address;
  }

  /// Returns an address without the token of a page of documentation, which permits to read that
  /// page for hours.
  private static String withoutToken(String address) {
    int at = address.indexOf(PAGES);
    if (at < 0) {
      return address;
    }
    int end = address.indexOf('/', at + PAGES.length());
    return address.substring(0, at + PAGES.length()) + (end < 0 ? "" : address.substring(end));
  }

  /// Returns the line as a JSON object, ended by a newline.
  String json() {
    StringBuilder out = new StringBuilder(272 + call.path().length());
    out.append("{\"at\":\"").append(at);
    text(out.append('"'), "id", id);
    if (!trace.isEmpty()) {
      text(out, "trace", trace);
    }
    text(out, "method", call.method());
    text(out, "path", call.path());
    out.append(",\"status\":").append(result.status());
    out.append(",\"bytes\":").append(result.bytes());
    out.append(",\"micros\":").append(result.micros());
    text(out, "token", origin.requester().token());
    text(out, "address", origin.requester().address());
    if (!result.code().isEmpty()) {
      text(out, "code", result.code());
    }
    return out.append("}\n").toString();
  }

  private static void text(StringBuilder out, String key, String value) {
    out.append(",\"").append(key).append("\":\"");
    int end = Math.min(value.length(), MAX_TEXT);
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
    return appendCommon(new StringBuilder(160 + call.path().length())).append('\n').toString();
  }

  /// Returns the line in the combined format of the Apache HTTP server, ended by a newline.
  ///
  /// Source: Apache HTTP Server, *Log Files*, "Combined Log Format".
  String combined() {
    StringBuilder out = appendCommon(new StringBuilder(320 + call.path().length()));
    quoted(out.append(" \""), origin.referrer(), ' ');
    quoted(out.append("\" \""), origin.agent(), ' ');
    return out.append("\"\n").toString();
  }

  private StringBuilder appendCommon(StringBuilder out) {
    quoted(out, origin.requester().address(), '\0');
    quoted(out.append(" - "), origin.requester().token(), '\0');
    out.append(" [").append(COMMON.format(at)).append("] \"");
    quoted(out, call.method(), '\0');
    quoted(out.append(' '), call.path(), '\0');
    out.append(' ').append(call.protocol()).append("\" ").append(result.status());
    return out.append(' ').append(result.bytes());
  }

  /// Appends a text, or `-` for an empty one. Everything that a parser or a terminal could take for
  /// something else is written as `\xHH`, one for each byte of UTF-8.
  ///
  /// @param plain a character that needs no escape in this place
  private static void quoted(StringBuilder out, String text, char plain) {
    if (text.isEmpty()) {
      out.append('-');
      return;
    }
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    for (byte b : cut.getBytes(StandardCharsets.UTF_8)) {
      boolean safe = b > 0x20 && b < 0x7f && b != '"' && b != '\\';
      if (safe || b == plain) {
        out.append((char) b);
      } else {
        out.append(String.format(Locale.ROOT, "\\x%02X", b));
      }
    }
  }
}
