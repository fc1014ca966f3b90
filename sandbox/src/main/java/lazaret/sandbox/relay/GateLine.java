package lazaret.sandbox.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lazaret.sandbox.response.ResponseBody;
import lazaret.sandbox.response.ResponseHead;
import lazaret.sandbox.response.ResponseInput;

/// A connection to the gate for sequential requests. Not thread-safe, except for [#close].
///
/// It replaces the HTTP client of the JDK: cargo waits for each response, and in a new process the
/// overhead of that client is longer than a request.
final class GateLine implements AutoCloseable {
  private static final long MOST_KEPT = 5_000_000_000L;

  /// The largest rest of an unread body that is skipped to keep the connection, in bytes.
  private static final long MOST_SKIPPED = 512 << 10;

  private final GateConnector.Line line;
  private final OutputStream out;
  private final ResponseInput in;
  private final String before;
  private final String after;
  private boolean open = true;
  private long since = System.nanoTime();

  /// The rest of the last response.
  private ResponseBody left = ResponseBody.NONE;

  private GateLine(GateConnector.Line line, URI server, GateEndpoint gate) throws IOException {
    this.line = line;
    this.out = line.out();
    this.in = new ResponseInput(line.in());
    this.before = " " + (server.getRawPath() == null ? "" : server.getRawPath());
    StringBuilder rest = new StringBuilder(200);
    rest.append(" HTTP/1.1\r\nHost: ").append(server.getRawAuthority());
    rest.append("\r\nUser-Agent: lazaret-sandbox\r\nAccept: */*\r\n");
    gate.token()
        .ifPresent(token -> rest.append("Authorization: Bearer ").append(token).append("\r\n"));
    this.after = rest.append("Accept-Encoding: ").toString();
  }

  /// Opens a connection.
  ///
  /// @param patience the timeout of each read
  /// @throws IOException if the gate cannot be reached or authenticated
  static GateLine connect(GateEndpoint gate, Duration patience) throws IOException {
    URI server = URI.create(gate.server());
    GateConnector.Line line = gate.dialer().open(patience);
    try {
      return new GateLine(line, server, gate);
    } catch (IOException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /// Sends a request and reads the head of the response. The previous response must have been read
  /// to its end.
  ///
  /// @param head the request, of which only method and target are sent
  /// @param gzip whether the response may be compressed
  /// @param kept whether the connection was kept from an earlier request, so that the gate may have
  ///   closed it
  /// @return the head of the response; see [#body]
  /// @throws StaleException if the gate had closed the kept connection; the request can be repeated
  ///   on another one
  /// @throws IOException if the request fails or the response is malformed
  ResponseHead ask(RequestHead head, boolean gzip, boolean kept) throws IOException {
    String text =
        head.method()
            + before
            + head.target()
            + after
            + (gzip ? "gzip\r\n\r\n" : "identity\r\n\r\n");
    open = false;
    try {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      if (!in.hasMore()) {
        throw new EOFException("the connection ended");
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw kept ? new StaleException(e) : e;
    }
    ResponseHead reply = ResponseHead.read(in);
    left = ResponseBody.of(reply, in, head.method().equals("HEAD"));
    open = reply.isKept();
    return reply;
  }

  /// Returns the body of the last response.
  ResponseBody body() {
    return left;
  }

  /// Returns whether the connection was idle for so long that the gate or a middlebox may have
  /// dropped it silently.
  boolean isOld() {
    return System.nanoTime() - since > MOST_KEPT;
  }

  /// Reads a short rest of the response.
  ///
  /// @return whether another request may follow
  boolean isReadyAgain() {
    since = System.nanoTime();
    try {
      return open && left.skipToEnd(MOST_SKIPPED);
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      line.close();
    } catch (IOException _) {
      // The connection is not used any more, so the failure has no effect.
    }
  }

  /// The failure that the gate had closed a kept connection before it sent a response.
  static final class StaleException extends IOException {
    private static final long serialVersionUID = 1;

    StaleException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
