package lazaret.sandbox.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A function that opens connections to the gate, outside of the sandbox. An implementation must
/// ensure that the token may be sent over its connections.
@FunctionalInterface
public interface GateConnector {
  /// Opens a connection.
  ///
  /// @param patience the timeout of each read
  /// @throws IOException if the gate cannot be reached or authenticated
  Line open(Duration patience) throws IOException;

  /// A connection. Closing it from another thread ends a blocked read.
  interface Line extends AutoCloseable {
    /// Returns the stream of received bytes.
    InputStream in() throws IOException;

    /// Returns the stream of bytes to send.
    OutputStream out() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// Returns a dialer for TCP, with TLS if the scheme is https.
  ///
  /// @param server the scheme, host and port
  /// @param trust the trusted certificate authorities; empty for those of the JDK
  static GateConnector tcp(String server, Optional<SSLSocketFactory> trust) {
    return new Tcp(URI.create(server), trust)::open;
  }

  /// A connection over TCP.
  ///
  /// @param socket the connected socket
  record TcpLine(Socket socket) implements Line {
    @Override
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /// A gate that is reached over TCP.
  ///
  /// @param server the scheme, host and port
  /// @param trust see [#tcp]
  record Tcp(URI server, Optional<SSLSocketFactory> trust) {
    private static final int CONNECT_MILLIS = 10_000;

    private Line open(Duration patience) throws IOException {
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
        return new TcpLine(secure ? secured(socket, host) : socket);
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    }

    private Socket secured(Socket plain, String host) throws IOException {
      SSLSocketFactory factory =
          trust.orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
      if (!(factory.createSocket(plain, host, plain.getPort(), true) instanceof SSLSocket socket)) {
        throw new ProtocolException("no TLS for " + host);
      }
      SSLParameters parameters = socket.getSSLParameters();
      // Without this setting, a certificate for any host would be accepted.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    }
  }
}
