package lazaret.cli.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A foreign program on the port of a gate. It prints all bytes that it receives and sends a fixed
/// reply. It runs as a process, as another user if the test is root.
public final class RequestSink {
  private RequestSink() {}

  /// Serves until it is killed.
  ///
  /// @param arguments the port, the status of the reply, and its body
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.ISO_8859_1);
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[0]), 50, here)) {
      out.println("sink on " + listener.getLocalPort());
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> swallow(client, arguments[1], arguments[2], out));
      }
    }
  }

  private static void swallow(Socket client, String status, String body, PrintStream out) {
    try (client) {
      InputStream in = client.getInputStream();
      byte[] bytes = new byte[1 << 16];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        out.println("GOT " + new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
        String head =
            "HTTP/1.1 %s OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body);
        client.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException _) {
      // the client closed the connection
    }
  }
}
