package lazaret.sandbox.gate;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lazaret.sandbox.reply.ReplyBody;
import lazaret.sandbox.reply.ReplyHead;
import lazaret.sandbox.reply.ReplyInput;

/// One connection to the gate, outside, for one request after the other. Not thread-safe, but for
/// [#close].
///
/// Not the JDK's client: cargo waits for each answer, and in a process that has just started what
/// that client does around a request takes longer than the request.
final class GateLine implements AutoCloseable {
  private static final long MOST_KEPT = 5_000_000_000L;

  /// How much of a body that nobody wants is read, so that the connection can be kept.
  private static final long MOST_SKIPPED = 512 << 10;

  private final GateDialer.Line line;
  private final OutputStream out;
  private final ReplyInput in;
  private final String before;
  private final String after;
  private boolean open = true;
  private long since = System.nanoTime();

  /// What is left of the answer to the last request.
  private ReplyBody left = ReplyBody.NONE;

  private GateLine(GateDialer.Line line, URI server, OutsideGate gate) throws IOException {
    this.line = line;
    this.out = line.out();
    this.in = new ReplyInput(line.in());
    this.before = " " + (server.getRawPath() == null ? "" : server.getRawPath());
    StringBuilder rest = new StringBuilder(200);
    rest.append(" HTTP/1.1\r\nHost: ").append(server.getRawAuthority());
    rest.append("\r\nUser-Agent: lazaret-sandbox\r\nAccept: */*\r\n");
    gate.token()
        .ifPresent(token -> rest.append("Authorization: Bearer ").append(token).append("\r\n"));
    this.after = rest.append("Accept-Encoding: ").toString();
  }

  /// Connects.
  ///
  /// @param patience how long to wait for each part of an answer
  /// @throws IOException if nobody is there, or nobody vouches for who is
  static GateLine connect(OutsideGate gate, Duration patience) throws IOException {
    URI server = URI.create(gate.server());
    GateDialer.Line line = gate.dialer().open(patience);
    try {
      return new GateLine(line, server, gate);
    } catch (IOException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /// Asks for something. The answer before must have been read to its end.
  ///
  /// @param head whose method and target are asked for; nothing else of it goes out
  /// @param gzip whether the answer may be compressed
  /// @param kept whether the connection was kept for this: then the gate may have ended it
  /// @return the head of the answer; see [#body]
  /// @throws StaleException if the gate had ended the kept connection; asking on another is right
  /// @throws IOException if it cannot be asked, or answers what is no HTTP
  ReplyHead ask(RequestHead head, boolean gzip, boolean kept) throws IOException {
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
    ReplyHead reply = ReplyHead.read(in);
    left = ReplyBody.of(reply, in, head.method().equals("HEAD"));
    open = reply.isKept();
    return reply;
  }

  /// Returns the body of the last answer.
  ReplyBody body() {
    return left;
  }

  /// Tells whether it was kept so long that the gate, or something on the way, may have forgotten
  /// it without a word.
  boolean isOld() {
    return System.nanoTime() - since > MOST_KEPT;
  }

  /// Reads what is left of the answer, if it is little.
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
      // It is of no use any more, whatever the other side hears of it.
    }
  }

  /// The gate ended a connection that was kept, before it answered anything.
  static final class StaleException extends IOException {
    private static final long serialVersionUID = 1;

    StaleException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
