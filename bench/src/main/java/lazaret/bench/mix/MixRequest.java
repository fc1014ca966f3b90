package lazaret.bench.mix;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One request of the mix, with its bytes and the expected status.
///
/// In a file each request is a line: the status, a space, and the path. A request with the status
/// 304 has the validator that the server itself gives for the path.
final class MixRequest {
  private static final int NOT_MODIFIED = 304;

  private final byte[] head;
  private final int status;

  private MixRequest(String head, int status) {
    this.head = head.getBytes(StandardCharsets.ISO_8859_1);
    this.status = status;
  }

  /// Reads a file of requests.
  ///
  /// @param port port of the server on loopback, which is asked for validators
  /// @throws IOException if the file cannot be read, or the server gives no validator
  static List<MixRequest> read(Path file, int port) throws IOException {
    Map<String, String> validators = new HashMap<>();
    List<MixRequest> all = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int space = line.indexOf(' ');
      int status = Integer.parseInt(line.substring(0, space));
      String path = line.substring(space + 1);
      String header = "";
      if (status == NOT_MODIFIED) {
        String known = validators.get(path);
        String validator = known == null ? validator(port, path) : known;
        validators.put(path, validator);
        header = "If-None-Match: " + validator + "\r\n";
      }
      all.add(of(port, path, header, status));
    }
    return List.copyOf(all);
  }

  /// @param header header lines with their ends; empty if there are none
  static MixRequest of(int port, String path, String header, int status) {
    return new MixRequest(
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n".formatted(path, port, header), status);
  }

  private static String validator(int port, String path) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try (var body = connection.getInputStream()) {
      var _ = body.readAllBytes();
    }
    String validator = connection.getHeaderField("ETag");
    if (validator == null) {
      throw new IOException("cannot request " + path + " again: expected an ETag, found none");
    }
    return validator;
  }

  int status() {
    return status;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(head);
  }
}
