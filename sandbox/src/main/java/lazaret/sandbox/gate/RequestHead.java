package lazaret.sandbox.gate;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The line and the headers of a request, read without any of HTTP's leniency: one spelling of
/// everything, no body, no folded lines, no bare line feeds, no header twice.
///
/// Source: RFC 9112, 3 and 5.
///
/// @param method `GET` or `HEAD`
/// @param target as it stands in the request line, printable ASCII
/// @param headers by lower-case name
record RequestHead(String method, String target, Map<String, String> headers) {
  /// The most headers that a request may have.
  static final int MAX_HEADERS = 40;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final Set<String> OF_A_BODY =
      Set.of("content-length", "transfer-encoding", "expect", "trailer", "te");

  /// Copies the map.
  RequestHead {
    headers = Map.copyOf(headers);
  }

  /// What became of reading.
  sealed interface Reading {
    /// It is a request.
    record Read(RequestHead head) implements Reading {}

    /// It is none that is answered.
    ///
    /// @param status to answer with
    /// @param why in a clause
    record Refused(int status, String why) implements Reading {}
  }

  /// Reads the head of a request.
  ///
  /// @param bytes from the first byte to the empty line that ends it
  /// @param host the one host that is answered for
  static Reading read(byte[] bytes, String host) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r\n\r\n")) {
      return new Reading.Refused(400, "its head does not end");
    }
    // No line may hold a line feed of its own: parts of CRLF alone are no breaks.
    String[] lines = text.substring(0, text.length() - 4).split("\r\n", -1);
    for (String line : lines) {
      if (!isPrintable(line)) {
        return new Reading.Refused(400, "its head holds a control character or no ASCII");
      }
    }
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/")) {
      return new Reading.Refused(400, "its first line is no method, path and version");
    }
    if (!words[2].equals("HTTP/1.1")) {
      return new Reading.Refused(505, "it is not HTTP/1.1");
    }
    if (!words[0].equals("GET") && !words[0].equals("HEAD")) {
      return new Reading.Refused(405, "its method is neither GET nor HEAD");
    }
    if (lines.length - 1 > MAX_HEADERS) {
      return new Reading.Refused(431, "it has more than " + MAX_HEADERS + " headers");
    }
    return headers(new RequestHead(words[0], words[1], Map.of()), lines, host);
  }

  private static Reading headers(RequestHead bare, String[] lines, String host) {
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1 || !isToken(lines[i], colon)) {
        return new Reading.Refused(400, "it has a header without a name");
      }
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      if (OF_A_BODY.contains(name)) {
        return new Reading.Refused(400, "it announces a body (" + name + ")");
      }
      if (headers.put(name, lines[i].substring(colon + 1).strip()) != null) {
        return new Reading.Refused(400, "it has the header '" + name + "' twice");
      }
    }
    return host.equals(headers.get("host"))
        ? new Reading.Read(new RequestHead(bare.method(), bare.target(), headers))
        : new Reading.Refused(421, "it is for another host than " + host);
  }

  // Loops and no streams: cargo waits while code that nobody compiled yet reads its first requests.
  private static boolean isPrintable(String line) {
    boolean is = true;
    for (int i = 0; i < line.length(); i++) {
      is &= line.charAt(i) >= ' ' && line.charAt(i) < 0x7f;
    }
    return is;
  }

  private static boolean isToken(String line, int end) {
    boolean is = true;
    for (int i = 0; i < end; i++) {
      is &= isOfToken(line.charAt(i));
    }
    return is;
  }

  private static boolean isOfToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  /// Returns a header.
  ///
  /// @param name in lower case
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Tells whether the connection ends after the answer.
  boolean closes() {
    return header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
  }
}
