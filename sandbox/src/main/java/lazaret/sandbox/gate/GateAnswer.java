package lazaret.sandbox.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes answers to a client inside. Not thread-safe.
///
/// Source: RFC 9112, 4 and 7.1.
final class GateAnswer {
  private static final int CHUNK = 64 << 10;

  private final Wire wire;
  private final RequestHead head;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK + 32);

  /// Creates an answer to a request.
  GateAnswer(Wire wire, RequestHead head) {
    this.wire = wire;
    this.head = head;
  }

  /// Answers a request that could not be read, and says that the connection ends.
  static void refuse(Wire wire, int status, String text) throws IOException {
    new GateAnswer(wire, new RequestHead("GET", "/", Map.of("connection", "close")))
        .text(status, text + "\n");
  }

  /// Answers with a text.
  void text(int status, String text) throws IOException {
    whole(status, "text/plain; charset=utf-8", text);
  }

  /// Answers with a document that is at hand.
  void whole(int status, String type, String document) throws IOException {
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Length", String.valueOf(body.length));
    begin(status, headers);
    if (hasBody(status)) {
      wire.write(ByteBuffer.wrap(body));
    }
  }

  /// Answers without a body.
  void empty(int status, Map<String, String> headers) throws IOException {
    begin(status, headers);
  }

  /// Answers with what a stream gives.
  ///
  /// @param most how much of a body without a length is passed on
  /// @throws IOException if the stream gives another length or more; the client sees the connection
  ///   end within the body
  void stream(int status, Map<String, String> headers, Body body, long most) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (body.length() >= 0) {
      all.put("Content-Length", String.valueOf(body.length()));
    } else {
      all.put("Transfer-Encoding", "chunked");
    }
    begin(status, all);
    if (!hasBody(status)) {
      return;
    }
    byte[] chunk = new byte[CHUNK];
    long passed = 0;
    for (int read = body.in().read(chunk); read >= 0; read = body.in().read(chunk)) {
      passed += read;
      if (passed > (body.length() < 0 ? most : body.length())) {
        throw new IOException("the gate's answer is longer than " + (passed - read) + " bytes");
      }
      part(chunk, read, body.length() < 0);
    }
    if (body.length() < 0) {
      wire.write(ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    } else if (passed != body.length()) {
      throw new IOException("the gate's answer ends after " + passed + " bytes");
    }
  }

  private void part(byte[] bytes, int length, boolean chunked) throws IOException {
    if (length == 0) {
      return;
    }
    buffer.clear();
    if (chunked) {
      buffer.put((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    buffer.put(bytes, 0, length);
    if (chunked) {
      buffer.put((byte) '\r').put((byte) '\n');
    }
    wire.write(buffer.flip());
  }

  private boolean hasBody(int status) {
    return !head.method().equals("HEAD") && status != 304;
  }

  private void begin(int status, Map<String, String> headers) throws IOException {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(status).append(" \r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    if (head.closes()) {
      text.append("Connection: close\r\n");
    }
    text.append("\r\n");
    wire.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  /// A body that comes in.
  ///
  /// @param length negative where it is not known
  record Body(InputStream in, long length) {}
}
