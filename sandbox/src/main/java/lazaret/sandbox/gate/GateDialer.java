package lazaret.sandbox.gate;

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

/// The way to connect to the gate, outside. Whoever gives one has made sure that the token may be
/// sent over the connections that it opens.
@FunctionalInterface
public interface GateDialer {
  /// Connects.
  ///
  /// @param patience how long to wait for each part of an answer
  /// @throws IOException if nobody is there, or nobody vouches for who is
  Line open(Duration patience) throws IOException;

  /// A connection. Closing it from another thread ends what waits on it.
  interface Line extends AutoCloseable {
    /// Returns the stream of what comes.
    InputStream in() throws IOException;

    /// Returns the stream of what is sent.
    OutputStream out() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// Returns a way over TCP, with TLS if the address says so.
  ///
  /// @param server scheme, host and port
  /// @param trust which authorities vouch for the gate; empty for those of the JDK
  static GateDialer tcp(String server, Optional<SSLSocketFactory> trust) {
    return new Tcp(URI.create(server), trust)::open;
  }

  /// A connection over TCP.
  ///
  /// @param socket connected
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

  /// A gate behind TCP.
  ///
  /// @param server scheme, host and port
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
      // Without this any certificate of the authority would do, whoever it is for.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    }
  }
}
