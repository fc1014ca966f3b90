package lazaret.sandbox.relay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The request line and the headers of a request, parsed strictly. Requests with a body, folded
/// lines, bare line feeds or repeated headers are refused.
///
/// Source: RFC 9112, 3 and 5.
///
/// @param method the method, `GET` or `HEAD`
/// @param target the target as written in the request line, printable ASCII
/// @param headers the headers by lower-case name
record RequestHead(String method, String target, Map<String, String> headers) {
  /// The largest number of headers of a request.
  static final int MAX_HEADERS = 40;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final Set<String> OF_A_BODY =
      Set.of("content-length", "transfer-encoding", "expect", "trailer", "te");

  /// Copies the map.
  RequestHead {
    headers = Map.copyOf(headers);
  }

  /// The result of parsing.
  sealed interface Reading {
    /// A valid request.
    ///
    /// @param head the request
    record Read(RequestHead head) implements Reading {}

    /// A request that is refused.
    ///
    /// @param status the status code of the response
    /// @param why the reason as a clause
    record Refused(int status, String why) implements Reading {}
  }

  /// Parses the head of a request.
  ///
  /// @param bytes the bytes from the first one to the final empty line
  /// @param host the only host name that is accepted
  static Reading read(byte[] bytes, String host) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r\n\r\n")) {
      return new Reading.Refused(400, "its head has no end");
    }
    // Lines end with CRLF; a single CR or LF in a line is refused as a control character.
    String[] lines = text.substring(0, text.length() - 4).split("\r\n", -1);
    for (String line : lines) {
      if (!isPrintable(line)) {
        return new Reading.Refused(400, "its head has a control character or is not ASCII");
      }
    }
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/")) {
      return new Reading.Refused(400, "its first line is not a method, a path and a version");
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

  // Loops instead of streams, because this code runs uncompiled while cargo waits for its first
  // responses.
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

  /// Returns the value of a header, or empty.
  ///
  /// @param name the name in lower case
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Returns whether the connection closes after the response.
  boolean closes() {
    return header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
  }
}
