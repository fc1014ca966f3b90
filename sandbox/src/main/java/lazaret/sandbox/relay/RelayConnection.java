package lazaret.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.sandbox.relay.SocksHandshake.Outcome;
import lazaret.sandbox.response.ResponseHead;

/// A connection from the sandbox: a handshake and then sequential requests. Of a request, only the
/// method and the path are relayed to the gate. The path must be one of [RegistryPath] and within
/// the scope.
final class RelayConnection {
  /// Returns the `config.json` of a registry for cargo.
  ///
  /// @param prefix as in [RegistryPath.Config]
  static String config(String prefix) {
    return "{\"dl\":\"http://%s%s/dl/{crate}/{version}/{sha256-checksum}\"}"
        .formatted(SocksHandshake.HOST, prefix);
  }

  private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{1,200}\"");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

  /// The status codes of the gate that are relayed. Any other status is treated as a malfunction.
  private static final Set<Integer> PASSED_ON = Set.of(200, 401, 403, 404, 429, 500, 503);

  private static final int UNAUTHENTICATED = 401;
  private static final int WITHHELD = 403;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAILURE = 500;

  private final RelaySession.Terms terms;
  private final GateLines lines;
  private final RelayLog log;
  private final DeadlineChannel wire;

  RelayConnection(RelaySession.Terms terms, GateLines lines, RelayLog log, DeadlineChannel wire) {
    this.terms = terms;
    this.lines = lines;
    this.log = log;
    this.wire = wire;
  }

  /// Serves requests until the client closes the connection or an error occurs.
  ///
  /// @throws IOException if the connection breaks or a timeout expires
  void serve() throws IOException {
    wire.within(terms.limits().headTime());
    if (SocksHandshake.with(wire) instanceof Outcome.Refused(String wanted, String why)) {
      log.note(wanted, why);
      return;
    }
    boolean goesOn = true;
    while (goesOn) {
      goesOn = request();
    }
  }

  /// Serves one request.
  ///
  /// @return whether another request may follow
  private boolean request() throws IOException {
    Optional<byte[]> bytes = head();
    if (bytes.isEmpty()) {
      return false;
    }
    if (!log.countRequest(terms.limits().requests())) {
      return refused(429, "more requests than " + terms.limits().requests(), "a session's limit");
    }
    String raw = new String(bytes.get(), StandardCharsets.ISO_8859_1);
    return switch (RequestHead.read(bytes.get(), SocksHandshake.HOST)) {
      case RequestHead.Reading.Refused(int status, String why) ->
          refused(status, raw.substring(0, Math.max(0, raw.indexOf('\r'))), why);
      case RequestHead.Reading.Read(RequestHead head) -> respond(head);
    };
  }

  /// Reads a request head up to its empty line.
  ///
  /// @return the head, or empty if the client closed the connection or sent an invalid head
  private Optional<byte[]> head() throws IOException {
    wire.within(terms.limits().idleTime());
    int next = wire.next();
    wire.within(terms.limits().headTime());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    int ending = 0;
    while (next >= 0) {
      bytes.write(next);
      boolean expected = next == (ending % 2 == 0 ? '\r' : '\n');
      if (next == '\n' && !expected) {
        refused(400, "a request", "a line ends without a carriage return");
        return Optional.empty();
      }
      ending = expected ? ending + 1 : next == '\r' ? 1 : 0;
      if (ending == 4) {
        return Optional.of(bytes.toByteArray());
      }
      if (bytes.size() >= terms.limits().headBytes()) {
        refused(431, start(bytes), "its head has over " + terms.limits().headBytes() + " bytes");
        return Optional.empty();
      }
      next = wire.next();
    }
    return Optional.empty();
  }

  private static String start(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private boolean refused(int status, String what, String why) throws IOException {
    log.note(what, why);
    RelayResponse.refuse(wire, status, "REFUSED by the sandbox: " + why);
    return false;
  }

  private boolean respond(RequestHead head) throws IOException {
    RelayResponse answer = new RelayResponse(wire, head);
    Optional<RegistryPath> path = RegistryPath.of(head.target());
    if (path.isEmpty()) {
      return refused(404, head.method() + " " + head.target(), "not an index file or artifact");
    }
    if (!path.get().isWithin(terms.scope())) {
      log.note(head.method() + " " + head.target(), "Cargo.lock does not name it");
      answer.text(403, "REFUSED by the sandbox: this project's Cargo.lock does not name it\n");
    } else if (path.get() instanceof RegistryPath.Config(String prefix)) {
      answer.whole(200, "application/json", config(prefix));
    } else {
      forward(head, path.get(), answer);
    }
    return !head.closes();
  }

  private void forward(RequestHead head, RegistryPath path, RelayResponse answer)
      throws IOException {
    boolean gzip =
        path instanceof RegistryPath.IndexFile
            && head.header("accept-encoding").orElse("").contains("gzip");
    Optional<GateLines.Exchange> asked = asked(head, gzip);
    if (asked.isEmpty()) {
      // The message of the JDK may contain addresses, which must not enter the sandbox.
      answer.text(503, "the sandbox cannot reach the gate now\n");
      return;
    }
    try (GateLines.Exchange exchange = asked.get()) {
      if (exchange.head().status() == WITHHELD) {
        log.withheld(path.words());
      }
      pass(head, answer, exchange);
    }
  }

  private Optional<GateLines.Exchange> asked(RequestHead head, boolean gzip) {
    try {
      return Optional.of(lines.ask(head, gzip));
    } catch (IOException e) {
      log.unreachable(e);
      return Optional.empty();
    }
  }

  private void pass(RequestHead head, RelayResponse answer, GateLines.Exchange asked)
      throws IOException {
    int status = asked.head().status();
    if (status == UNAUTHENTICATED) {
      log.unauthenticated(status);
    } else if (status == TOO_MANY || status >= SERVER_FAILURE) {
      log.unavailable(status);
    }
    long length = asked.body().length();
    if (!PASSED_ON.contains(status) || length > terms.limits().responseBytes()) {
      answer.text(502, "expected a response of a gate, found status %d\n".formatted(status));
      return;
    }
    Map<String, String> headers = headers(asked.head());
    String tag = headers.get("ETag");
    if (status == 200 && tag != null && tag.equals(head.header("if-none-match").orElse(""))) {
      answer.empty(304, Map.of("ETag", tag));
      return;
    }
    answer.stream(status, headers, asked.body(), terms.limits().responseBytes());
  }

  /// Returns the headers of the response to cargo. All other headers of the gate are dropped.
  private static Map<String, String> headers(ResponseHead asked) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain; charset=utf-8");
    if ("gzip".equals(asked.headers().get("content-encoding"))) {
      headers.put("Content-Encoding", "gzip");
    }
    String tag = asked.headers().get("etag");
    if (tag != null && ENTITY_TAG.matcher(tag).matches()) {
      headers.put("ETag", tag);
    }
    String later = asked.headers().get("retry-after");
    if (later != null && SECONDS.matcher(later).matches()) {
      headers.put("Retry-After", later);
    }
    return headers;
  }
}
