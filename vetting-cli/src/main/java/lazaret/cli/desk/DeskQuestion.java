package lazaret.cli.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.vetting.Bytes;

/// One question to a desk.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`
/// @param target path and query below `/desk/v1`, encoded: `/crates/serde/1.0.9`
/// @param body what goes with it; empty where nothing does
/// @param json whether the body is a JSON document; else it is raw bytes
/// @param patience how long to wait for the answer
/// @param confidential whether the body holds a passphrase
public record DeskQuestion(
    String method,
    String target,
    Bytes body,
    boolean json,
    Duration patience,
    boolean confidential) {
  /// How long an ordinary answer may take: twice of what the gate waits for upstream, and more.
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  /// How long an answer may take that looks at the whole store.
  public static final Duration LONG_PATIENCE = Duration.ofHours(12);

  /// Asks for something.
  public static DeskQuestion get(String target) {
    return new DeskQuestion("GET", target, Bytes.EMPTY, false, PATIENCE, false);
  }

  /// Orders something.
  public static DeskQuestion post(String target, JsonObject order) {
    return new DeskQuestion("POST", target, JsonText.encode(order), true, PATIENCE, false);
  }

  /// Hands over raw bytes.
  public static DeskQuestion put(String target, Bytes body) {
    return new DeskQuestion("PUT", target, body, false, PATIENCE, false);
  }

  /// Puts a document in its place.
  public static DeskQuestion putJson(String target, JsonObject document) {
    return new DeskQuestion("PUT", target, JsonText.encode(document), true, PATIENCE, false);
  }

  /// Takes something away.
  public static DeskQuestion delete(String target) {
    return new DeskQuestion("DELETE", target, Bytes.EMPTY, false, PATIENCE, false);
  }

  /// Returns this question with more patience.
  public DeskQuestion patient(Duration longer) {
    return new DeskQuestion(method, target, body, json, longer, confidential);
  }

  /// Returns this question, marked as one that holds a passphrase: it is sent over the unix socket
  /// or TLS alone.
  public DeskQuestion withPassphrase() {
    return new DeskQuestion(method, target, body, json, patience, true);
  }

  /// Returns the media type of the body.
  public String contentType() {
    return json ? "application/json" : "application/octet-stream";
  }

  /// Shows no body.
  @Override
  public String toString() {
    return method + " " + target;
  }

  /// Makes a path of segments, each encoded (RFC 3986, 3.3).
  public static String path(Object... segments) {
    StringBuilder path = new StringBuilder();
    for (Object segment : segments) {
      String encoded = URLEncoder.encode(segment.toString(), StandardCharsets.UTF_8);
      path.append('/').append(encoded.replace("+", "%20"));
    }
    return path.toString();
  }
}
