package lazaret.cli.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.vetting.Bytes;

/// A request to a desk.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`
/// @param target the path and query below `/desk/v1`, encoded: `/crates/serde/1.0.9`
/// @param body the body; empty for none
/// @param json whether the body is a JSON document; otherwise it is raw bytes
/// @param patience the timeout of the reply
/// @param confidential whether the body contains a passphrase
public record DeskQuestion(
    String method,
    String target,
    Bytes body,
    boolean json,
    Duration patience,
    boolean confidential) {
  /// The timeout of an ordinary reply: more than twice the time for which the gate waits for
  /// upstream.
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  /// The timeout of a reply for which the desk reads the whole store.
  public static final Duration LONG_PATIENCE = Duration.ofHours(12);

  /// Returns a request that reads a resource.
  public static DeskQuestion get(String target) {
    return new DeskQuestion("GET", target, Bytes.EMPTY, false, PATIENCE, false);
  }

  /// Returns a request with an order.
  public static DeskQuestion post(String target, JsonObject order) {
    return new DeskQuestion("POST", target, JsonText.encode(order), true, PATIENCE, false);
  }

  /// Returns a request that uploads raw bytes.
  public static DeskQuestion put(String target, Bytes body) {
    return new DeskQuestion("PUT", target, body, false, PATIENCE, false);
  }

  /// Returns a request that replaces a document.
  public static DeskQuestion putJson(String target, JsonObject document) {
    return new DeskQuestion("PUT", target, JsonText.encode(document), true, PATIENCE, false);
  }

  /// Returns a request that deletes a resource.
  public static DeskQuestion delete(String target) {
    return new DeskQuestion("DELETE", target, Bytes.EMPTY, false, PATIENCE, false);
  }

  /// Returns this request with another timeout.
  public DeskQuestion patient(Duration longer) {
    return new DeskQuestion(method, target, body, json, longer, confidential);
  }

  /// Returns this request, marked as one that contains a passphrase. It is then only sent over the
  /// Unix socket or TLS.
  public DeskQuestion withPassphrase() {
    return new DeskQuestion(method, target, body, json, patience, true);
  }

  /// Returns the media type of the body.
  public String contentType() {
    return json ? "application/json" : "application/octet-stream";
  }

  /// Returns method and target, without the body.
  @Override
  public String toString() {
    return method + " " + target;
  }

  /// Returns a path of segments, each encoded (RFC 3986, 3.3).
  public static String path(Object... segments) {
    StringBuilder path = new StringBuilder();
    for (Object segment : segments) {
      String encoded = URLEncoder.encode(segment.toString(), StandardCharsets.UTF_8);
      path.append('/').append(encoded.replace("+", "%20"));
    }
    return path.toString();
  }
}
