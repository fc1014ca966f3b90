package lazaret.sandbox.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import lazaret.sandbox.response.ResponseBody;

/// A writer of responses to a client in the sandbox. Not thread-safe.
///
/// Source: RFC 9112, 4 and 7.1.
final class RelayResponse {
  /// A placeholder for the length of a chunk, which may have leading zeros.
  private static final String CHUNK_HEAD = "00000000\r\n";

  private static final int LENGTH_DIGITS = 8;
  private static final byte[] CHUNK_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

  private final DeadlineChannel wire;
  private final RequestHead head;

  /// Creates a writer of the response to a request.
  RelayResponse(DeadlineChannel wire, RequestHead head) {
    this.wire = wire;
    this.head = head;
  }

  /// Writes the response to a malformed request, with the header that closes the connection.
  static void refuse(DeadlineChannel wire, int status, String text) throws IOException {
    new RelayResponse(wire, new RequestHead("GET", "/", Map.of("connection", "close")))
        .text(status, text + "\n");
  }

  /// Writes a response with a plain text.
  void text(int status, String text) throws IOException {
    whole(status, "text/plain; charset=utf-8", text);
  }

  /// Writes a response with a document.
  void whole(int status, String type, String document) throws IOException {
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Length", String.valueOf(body.length));
    begin(status, headers);
    if (hasBody(status)) {
      wire.put(body);
    }
    wire.flush();
  }

  /// Writes a response without a body.
  void empty(int status, Map<String, String> headers) throws IOException {
    begin(status, headers);
    wire.flush();
  }

  /// Writes a response with the body of a gate response.
  ///
  /// @param status the status code
  /// @param headers the headers
  /// @param body the body of the gate response
  /// @param most the largest number of bytes to relay
  /// @throws IOException if the body is longer or ends early; the client sees the connection end
  ///   within the body
  void stream(int status, Map<String, String> headers, ResponseBody body, long most)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    boolean chunked = body.length() < 0;
    if (chunked) {
      all.put("Transfer-Encoding", "chunked");
    } else {
      all.put("Content-Length", String.valueOf(body.length()));
    }
    begin(status, all);
    if (hasBody(status)) {
      long passed = 0;
      for (int read = part(body, chunked); read >= 0; read = part(body, chunked)) {
        passed += read;
        if (passed > most) {
          throw new IOException("the gate's response is longer than " + most + " bytes");
        }
        // The head and the first bytes are written together, so that the client wakes up once.
        wire.flush();
      }
      wire.put(chunked ? LAST_CHUNK : new byte[0]);
    }
    wire.flush();
  }

  /// Appends the available bytes of a body.
  ///
  /// @return the number of bytes; negative at the end of the body
  private int part(ResponseBody body, boolean chunked) throws IOException {
    if (!chunked) {
      return wire.take(body, 0);
    }
    int begin = wire.size();
    wire.put(CHUNK_HEAD.getBytes(StandardCharsets.US_ASCII));
    int read = wire.take(body, CHUNK_END.length);
    if (read <= 0) {
      wire.shrink(begin);
      return read;
    }
    String digits = Integer.toHexString(read);
    wire.set(begin + LENGTH_DIGITS - digits.length(), digits);
    wire.put(CHUNK_END);
    return read;
  }

  private boolean hasBody(int status) {
    return !head.method().equals("HEAD") && status != 304;
  }

  private void begin(int status, Map<String, String> headers) {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(status).append(" \r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    if (head.closes()) {
      text.append("Connection: close\r\n");
    }
    text.append("\r\n");
    wire.put(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
