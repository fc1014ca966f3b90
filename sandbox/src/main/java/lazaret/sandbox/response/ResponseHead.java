package lazaret.sandbox.response;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The status line and the headers of an HTTP response.
///
/// Source: RFC 9112, 4 and 5.
///
/// @param current whether the version is HTTP/1.1, with persistent connections
/// @param status the status code, three digits
/// @param headers the headers by lower-case name; the first value of a repeated header
public record ResponseHead(boolean current, int status, Map<String, String> headers) {
  /// The largest length of a head in bytes.
  public static final int MOST_BYTES = 16 << 10;

  private static final int MOST_HEADERS = 100;

  /// The largest number of interim responses (RFC 9110, 15.2).
  private static final int MOST_INTERIM = 8;

  private static final int FIRST_FINAL = 200;
  private static final int SWITCHING = 101;
  private static final String OLD = "HTTP/1.0 ";
  private static final String CURRENT = "HTTP/1.1 ";

  /// Copies the map.
  public ResponseHead {
    headers = Map.copyOf(headers);
  }

  /// Reads the head of a response, after any interim responses.
  ///
  /// @throws ProtocolException if the head is malformed
  public static ResponseHead read(ResponseInput in) throws IOException {
    for (int i = 0; i < MOST_INTERIM; i++) {
      ResponseHead head = one(in);
      if (head.status >= FIRST_FINAL || head.status == SWITCHING) {
        return head;
      }
    }
    throw new ProtocolException("the gate announced a response that it did not send");
  }

  private static ResponseHead one(ResponseInput in) throws IOException {
    var line = new StringBuilder(80);
    int left = line(in, line, MOST_BYTES);
    boolean current = line.indexOf(CURRENT) == 0;
    int status = !current && line.indexOf(OLD) != 0 ? -1 : status(line);
    if (status < 0) {
      throw new ProtocolException("the gate sent something other than HTTP/1.1");
    }
    Map<String, String> headers = new HashMap<>();
    for (left = line(in, line, left); !line.isEmpty(); left = line(in, line, left)) {
      int colon = line.indexOf(":");
      if (colon < 1 || headers.size() >= MOST_HEADERS) {
        throw new ProtocolException("the gate sent malformed or too many headers");
      }
      headers.putIfAbsent(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new ResponseHead(current, status, headers);
  }

  private static int status(StringBuilder line) {
    int begin = CURRENT.length();
    boolean isOne = line.length() == begin + 3 || line.length() > begin + 3;
    if (!isOne || (line.length() > begin + 3 && line.charAt(begin + 3) != ' ')) {
      return -1;
    }
    int status = 0;
    for (int i = begin; i < begin + 3; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      status = 10 * status + digit;
    }
    return status < 100 ? -1 : status;
  }

  /// Reads a line without its line end.
  ///
  /// @param into receives the line
  /// @param most the largest number of bytes
  /// @return the number of bytes that remain of `most`
  /// @throws ProtocolException if the line is longer or has a malformed end
  static int line(ResponseInput in, StringBuilder into, int most) throws IOException {
    into.setLength(0);
    int left = most - 2;
    int next = in.need();
    for (; next != '\r'; next = in.need()) {
      if (next == '\n' || --left < 0) {
        throw new ProtocolException("the gate sent a malformed or too long line");
      }
      into.append((char) next);
    }
    if (in.need() != '\n') {
      throw new ProtocolException("the gate sent a malformed or too long line");
    }
    return left;
  }

  /// Returns the value of a header, or empty.
  ///
  /// @param name the name in lower case
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Returns whether the connection can be used after the response.
  public boolean isKept() {
    return current
        && !headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
  }
}
