package lazaret.mirror.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A connection on which a test writes arbitrary bytes.
public final class RawClient implements AutoCloseable {
  private final Socket socket;

  public RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends bytes and returns all bytes until the server closes the connection.
  public static String talk(int port, String request) {
    try (RawClient client = new RawClient(port)) {
      client.send(request);
      return client.readToEnd();
    }
  }

  /// Sends one request that asks for the connection to be closed.
  public static String get(int port, String target, String... headers) {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
    boolean host = false;
    for (String header : headers) {
      request.append(header).append("\r\n");
      host |= header.startsWith("Host:");
    }
    if (!host) {
      request.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    return talk(port, request.append("Connection: close\r\n\r\n").toString());
  }

  public void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the bytes until the end, or until none arrived for ten seconds.
  public String readToEnd() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException _) {
      read.writeBytes("<the connection stayed open>".getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // a reset is an end as well
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /// Returns the bytes up to and including the first occurrence of a text.
  String readUntil(String text) {
    StringBuilder read = new StringBuilder();
    try {
      while (read.indexOf(text) < 0) {
        int c = socket.getInputStream().read();
        if (c < 0) {
          break;
        }
        read.append((char) c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
