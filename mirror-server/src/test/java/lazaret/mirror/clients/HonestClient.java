package lazaret.mirror.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that keeps its connection open, from a local address of its own.
final class HonestClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final int port;

  HonestClient(int port, String from) throws IOException {
    this(port, from, "127.0.0.1");
  }

  HonestClient(int port, String from, String to) throws IOException {
    this.port = port;
    socket.bind(at(from, 0));
    socket.connect(at(to, port), 10_000);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
  }

  /// Returns an address without resolving its name.
  static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  /// Sends one request on a connection of its own and returns the status.
  static int once(int port, String from, String path, String... headers) throws IOException {
    try (HonestClient client = new HonestClient(port, from)) {
      return client.get(path, headers);
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Sends a request and returns the status; -1 if the server closed the connection.
  int get(String path, String... headers) throws IOException {
    ask(path, headers);
    return answer();
  }

  /// Sends a request and does not read its answer.
  void ask(String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1:").append(port).append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Reads an answer with its body and returns the status; -1 at the end of the connection.
  int answer() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return -1;
      }
      head.append((char) c);
    }
    String length = head.toString().replaceAll("(?is).*content-length: ([0-9]+).*", "$1");
    in.readNBytes(Integer.parseInt(length));
    return Integer.parseInt(head.substring(9, 12));
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
