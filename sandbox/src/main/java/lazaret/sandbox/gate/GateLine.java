package lazaret.sandbox.gate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One connection to the gate, outside, for one request after the other. Not thread-safe, but for
/// [#close].
///
/// Not the JDK's client: cargo waits for each answer, and in a process that has just started what
/// that client does around a request takes longer than the request.
final class GateLine implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final long MOST_KEPT = 5_000_000_000L;
  private static final int BUFFER = 16 << 10;

  /// How much of a body that nobody wants is read, so that the connection can be kept.
  private static final long MOST_SKIPPED = 512 << 10;

  private final Socket socket;
  private final OutputStream out;
  private final Input in;
  private final String before;
  private final String after;
  private boolean open = true;
  private long since = System.nanoTime();

  /// What is left of the answer to the last request.
  private ReplyBody left = ReplyBody.NONE;

  private GateLine(Socket socket, URI server, OutsideGate gate) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new Input(socket.getInputStream());
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
    boolean secure = "https".equalsIgnoreCase(server.getScheme());
    if (server.getHost() == null || !(secure || "http".equalsIgnoreCase(server.getScheme()))) {
      throw new ProtocolException("not HTTP: " + server.getScheme());
    }
    String host = server.getHost().replaceAll("[\\[\\]]", "");
    int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
      socket.setTcpNoDelay(true);
      Socket spoken = secure ? secured(socket, gate, host) : socket;
      return new GateLine(spoken, server, gate);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket plain, OutsideGate gate, String host) throws IOException {
    SSLSocketFactory factory =
        gate.trust().orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    if (!(factory.createSocket(plain, host, plain.getPort(), true) instanceof SSLSocket socket)) {
      throw new ProtocolException("no TLS for " + host);
    }
    SSLParameters parameters = socket.getSSLParameters();
    // Without this any certificate of the authority would do, whoever it is for.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
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
      socket.close();
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

  /// What comes from the gate.
  static final class Input {
    private final InputStream from;
    private final byte[] bytes = new byte[BUFFER];
    private int at;
    private int end;

    Input(InputStream from) {
      this.from = from;
    }

    /// Waits for more, where nothing is at hand.
    ///
    /// @return whether there is any
    boolean hasMore() throws IOException {
      if (at < end) {
        return true;
      }
      at = 0;
      end = Math.max(0, from.read(bytes, 0, bytes.length));
      return end > 0;
    }

    /// Reads a byte.
    ///
    /// @throws EOFException where the connection has ended
    int need() throws IOException {
      if (at == end && !hasMore()) {
        throw new EOFException("the gate's answer ends too early");
      }
      return bytes[at++] & 0xff;
    }

    /// Reads some bytes: those at hand, else as they come.
    ///
    /// @return how many; negative where the connection has ended
    int read(byte[] into, int offset, int length) throws IOException {
      if (at == end) {
        return from.read(into, offset, length);
      }
      int taken = Math.min(length, end - at);
      System.arraycopy(bytes, at, into, offset, taken);
      at += taken;
      return taken;
    }
  }
}
