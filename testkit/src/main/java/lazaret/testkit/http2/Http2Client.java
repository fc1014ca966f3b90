package lazaret.testkit.http2;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 connection on which a test sends frames, valid or not, and reads those of the server.
/// It sends no acknowledgements itself. Not thread-safe; sending and reading may be on two threads.
public final class Http2Client implements AutoCloseable {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMEOUT = 10_000;

  private final Http2Target target;
  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private final ResponseFields fields = new ResponseFields();
  private int next = 1;

  /// A response.
  ///
  /// @param fields header fields, including the pseudo-header field `:status`
  /// @param body body of the response
  public record Response(Map<String, String> fields, String body) {
    /// Returns the status code, or 0 if there is none.
    public int status() {
      return Integer.parseInt(fields.getOrDefault(":status", "0"));
    }
  }

  /// The end of a connection.
  ///
  /// @param errorCode error code of the last GOAWAY frame; -1 if the server sent none
  public record Ending(long errorCode) {}

  /// Returns the server of this connection.
  public Http2Target target() {
    return target;
  }

  Http2Client(Http2Target target) {
    this.target = target;
    try {
      this.socket = socket(target);
      socket.setSoTimeout(TIMEOUT);
      socket.setTcpNoDelay(true);
      this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      this.in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + target, e);
    }
  }

  private static Socket socket(Http2Target target) throws IOException {
    Socket plain = target.connect(new Socket());
    if (target.tls() == null) {
      return plain;
    }
    var tls =
        (SSLSocket)
            target.tls().getSocketFactory().createSocket(plain, target.host(), target.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  /// Sends the preface and empty settings.
  public Http2Client preface() {
    return write(PREFACE).frame(Http2Frame.SETTINGS, 0, 0).flush();
  }

  /// Writes bytes to the buffer of this client.
  public Http2Client write(byte... bytes) {
    try {
      out.write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a frame to the buffer of this client.
  public Http2Client frame(int type, int flags, int stream, byte... payload) {
    return write(new Http2Frame(type, flags, stream, Bytes.of(payload)).bytes());
  }

  /// Sends the content of the buffer.
  public Http2Client flush() {
    try {
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns an unused stream identifier.
  public int stream() {
    int stream = next;
    next += 2;
    return stream;
  }

  /// Sends a request without a body in one HEADERS frame and returns its stream.
  public int request(HeaderBlockBuilder block) {
    int stream = stream();
    frame(
        Http2Frame.HEADERS, Http2Frame.END_HEADERS | Http2Frame.END_STREAM, stream, block.bytes());
    flush();
    return stream;
  }

  /// Sends a header block in frames of at most `size` bytes and returns its stream. With size 0,
  /// each frame has 1 byte.
  public int split(HeaderBlockBuilder block, int size, int flags) {
    int stream = stream();
    byte[] bytes = block.bytes();
    int step = Math.max(1, size);
    for (int from = 0; from < bytes.length; from += step) {
      int to = Math.min(bytes.length, from + step);
      frame(
          from == 0 ? Http2Frame.HEADERS : Http2Frame.CONTINUATION,
          (from == 0 ? flags : 0) | (to == bytes.length ? Http2Frame.END_HEADERS : 0),
          stream,
          Arrays.copyOfRange(bytes, from, to));
    }
    flush();
    return stream;
  }

  /// Requests the path of the target and waits for the response.
  public Response get() {
    return response(request(target.get()));
  }

  /// Reads one frame; returns null if the connection ended.
  public @Nullable Http2Frame read() {
    try {
      int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = new byte[length];
      in.readFully(payload);
      return new Http2Frame(type, flags, stream, Bytes.of(payload));
    } catch (EOFException | SocketException _) {
      return null;
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException("no frame within " + TIMEOUT + " ms", e);
    } catch (IOException e) {
      if (target.tls() != null) {
        return null;
      }
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until a response is complete, and returns it. Frames of other streams are dropped,
  /// except that their header fields are decoded.
  public Response response(int stream) {
    var headers = new LinkedHashMap<String, String>();
    var body = new ByteArrayOutputStream();
    while (true) {
      Http2Frame frame = read();
      if (frame == null || frame.type() == Http2Frame.GOAWAY) {
        throw new AssertionError("the connection ended before the response: " + frame);
      }
      if (frame.type() == Http2Frame.HEADERS) {
        Map<String, String> decoded = fields.decode(frame.payload().array());
        if (frame.stream() == stream) {
          headers.putAll(decoded);
        }
      }
      if (frame.stream() == stream && frame.type() == Http2Frame.RST_STREAM) {
        throw new AssertionError("stream reset with code " + frame.number(0));
      }
      if (frame.stream() == stream && frame.type() == Http2Frame.DATA) {
        body.writeBytes(frame.payload().array());
      }
      if (frame.stream() == stream
          && frame.type() <= Http2Frame.HEADERS
          && frame.has(Http2Frame.END_STREAM)) {
        return new Response(headers, body.toString(StandardCharsets.UTF_8));
      }
    }
  }

  /// Reads until the server ends the connection; returns empty if it is still open after the given
  /// time.
  public Optional<Ending> ending(Duration within) {
    long code = -1;
    long end = System.nanoTime() + within.toNanos();
    try {
      while (System.nanoTime() < end) {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        Http2Frame frame = read();
        if (frame == null) {
          return Optional.of(new Ending(code));
        }
        if (frame.type() == Http2Frame.GOAWAY) {
          code = frame.number(4);
        }
      }
    } catch (SocketException _) {
      return Optional.of(new Ending(code));
    } catch (UncheckedIOException _) {
      // No frame arrived in time.
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // The socket is not used again.
    }
  }
}
