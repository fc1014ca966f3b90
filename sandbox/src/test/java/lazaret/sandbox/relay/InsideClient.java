package lazaret.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A client in the sandbox that sends bytes to the socket and reads the response.
final class InsideClient implements AutoCloseable {
  private final SocketChannel channel;

  InsideClient(RelaySession session) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(session.folder().resolve(RelaySession.SOCKET)));
  }

  /// Returns a client after the handshake for the host of the gate.
  static InsideClient connected(RelaySession session) throws IOException {
    InsideClient client = new InsideClient(session);
    client.send(connect(1, "gate.invalid", 80));
    byte[] answer = client.receive(12);
    if (answer.length != 12 || answer[3] != 0) {
      throw new IOException("not let in");
    }
    return client;
  }

  /// Returns the greeting and the request of SOCKS 5 in one piece.
  static byte[] connect(int command, String host, int port) {
    byte[] name = host.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + name.length)
        .put(new byte[] {5, 1, 0, 5, (byte) command, 0, 3, (byte) name.length})
        .put(name)
        .putShort((short) port)
        .array();
  }

  void send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Returns a request for the host of the gate.
  static byte[] request(String target, String... headers) {
    StringBuilder text = new StringBuilder();
    text.append("GET ").append(target).append(" HTTP/1.1\r\nHost: gate.invalid\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Sends a request.
  void get(String target, String... headers) throws IOException {
    send(request(target, headers));
  }

  /// Reads a number of bytes, or fewer if the connection ends.
  byte[] receive(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        break;
      }
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  /// Reads until the connection ends.
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] more = receive(1); more.length > 0; more = receive(1)) {
      all.write(more);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /// Reads one response with a length.
  String answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      byte[] next = receive(1);
      if (next.length == 0) {
        return head.toString();
      }
      head.append((char) Byte.toUnsignedInt(next[0]));
    }
    String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+)\r\n.*|.*", "$1");
    byte[] body = receive(length.isEmpty() ? 0 : Integer.parseInt(length));
    return head + new String(body, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
