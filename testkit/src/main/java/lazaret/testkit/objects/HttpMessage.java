package lazaret.testkit.objects;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.RecordedRequest;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A message of HTTP/1.1 that is passed on, with its whole body.
///
/// @param start the request line or status line
/// @param fields the header fields as received, `Name: value`
/// @param body the body; null if the message has none by its method, status or fields
record HttpMessage(String start, List<String> fields, @Nullable Bytes body) {
  private static final int MAX_LINE = 64 * 1024;

  HttpMessage {
    fields = List.copyOf(fields);
  }

  /// Reads a request; null at the end of the connection.
  static @Nullable HttpMessage request(InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      return null;
    }
    List<String> fields = fields(in);
    HttpMessage head = new HttpMessage(start, fields, null);
    if (head.field("transfer-encoding").isPresent()) {
      throw new IOException("a request in chunks, which no store needs to accept");
    }
    Optional<String> length = head.field("content-length");
    return length.isEmpty()
        ? head
        : new HttpMessage(start, fields, exactly(in, Integer.parseInt(length.get())));
  }

  /// Reads the response to a request.
  static HttpMessage response(InputStream in, String method) throws IOException {
    HttpMessage head = head(in);
    while (head.status() / 100 == 1) {
      head = head(in);
    }
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return head;
    }
    return new HttpMessage(head.start, head.fields, head.received(in));
  }

  /// Returns a response that a store gives to a request that it refuses.
  static HttpMessage refusal(int status, String code) {
    Bytes body =
        Bytes.utf8(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                + code
                + "</Code><Message>scripted</Message></Error>");
    return new HttpMessage(
        "HTTP/1.1 " + status + " Scripted", List.of("Content-Type: application/xml"), body);
  }

  private static HttpMessage head(InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      throw new EOFException("the store closed the connection");
    }
    return new HttpMessage(start, fields(in), null);
  }

  private Bytes received(InputStream in) throws IOException {
    if (field("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks(in);
    }
    Optional<String> length = field("content-length");
    return length.isPresent()
        ? exactly(in, Integer.parseInt(length.get()))
        : Bytes.of(in.readAllBytes());
  }

  private static Bytes chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size;
    do {
      String head = line(in);
      if (head == null) {
        throw new EOFException("a body ended before its last chunk");
      }
      size = Integer.parseInt(head.replaceFirst(";.*", "").strip(), 16);
      exactly(in, size).writeTo(all);
      // The end of the chunk, or of the trailer, which stores do not send.
      Object _ = line(in);
    } while (size > 0);
    return Bytes.of(all.toByteArray());
  }

  private static Bytes exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a body ended after %d of %d bytes".formatted(bytes.length, length));
    }
    return Bytes.of(bytes);
  }

  private static List<String> fields(InputStream in) throws IOException {
    List<String> fields = new ArrayList<>();
    String field = line(in);
    while (field != null && !field.isEmpty()) {
      fields.add(field);
      field = line(in);
    }
    return fields;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (text.length() >= MAX_LINE) {
        throw new IOException("a line is too long");
      }
      text.append((char) c);
      c = in.read();
    }
    return c < 0 && text.isEmpty() ? null : text.toString().stripTrailing();
  }

  int status() {
    return Integer.parseInt(start.split(" ", 3)[1]);
  }

  String method() {
    return start.substring(0, start.indexOf(' '));
  }

  /// Returns the target of a request without its query.
  String path() {
    return target().replaceFirst("\\?.*", "");
  }

  private String target() {
    return start.split(" ", 3)[1];
  }

  RecordedRequest recorded() {
    Map<String, String> headers = new HashMap<>();
    for (String field : fields) {
      int colon = field.indexOf(':');
      if (colon > 0) {
        headers.put(
            field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
      }
    }
    return new RecordedRequest(method(), target(), headers);
  }

  Optional<String> field(String name) {
    return fields.stream()
        .filter(field -> isNamed(field, name))
        .map(field -> field.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static boolean isNamed(String field, String name) {
    return field.length() > name.length()
        && field.charAt(name.length()) == ':'
        && field.regionMatches(true, 0, name, 0, name.length());
  }

  HttpMessage with(Bytes other) {
    return new HttpMessage(start, fields, other);
  }

  /// Returns the head with the length of the body, which replaces chunks.
  byte[] head() {
    var head = new StringBuilder(start).append("\r\n");
    for (String field : fields) {
      boolean ofBody = isNamed(field, "content-length") || isNamed(field, "transfer-encoding");
      if (body == null || !ofBody) {
        head.append(field).append("\r\n");
      }
    }
    if (body != null) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Writes the message at once: two writes would be delayed by the acknowledgment of the first.
  void writeTo(OutputStream out) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head());
    if (body != null) {
      body.writeTo(all);
    }
    all.writeTo(out);
    out.flush();
  }
}
