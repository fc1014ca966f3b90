package lazaret.mirror.clients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A TLS context whose server sockets take a PROXY header before the handshake, if the peer is a
/// trusted proxy.
public final class ProxyProtocolTls extends SSLContext {
  private ProxyProtocolTls(SSLContext inner, ClientConnections connections) {
    super(new Spi(inner, connections), inner.getProvider(), inner.getProtocol());
  }

  /// Wraps a context.
  public static SSLContext of(SSLContext inner, ClientConnections connections) {
    return new ProxyProtocolTls(inner, connections);
  }

  /// A socket factory that reads the PROXY header before it layers TLS over a connection.
  private static final class Factory extends SSLSocketFactory {
    private final SSLContext context;
    private final ClientConnections connections;

    private Factory(SSLContext context, ClientConnections connections) {
      this.context = context;
      this.connections = connections;
    }

    /// Returns the factory of the next connection. A context may exchange its certificate.
    private SSLSocketFactory inner() {
      return context.getSocketFactory();
    }

    @Override
    public Socket createSocket(Socket socket, @Nullable InputStream consumed, boolean autoClose)
        throws IOException {
      ClientConnection connection = connections.find(socket.getRemoteSocketAddress());
      if (consumed != null || connection == null || !connections.trusts(connection.peer())) {
        return inner().createSocket(socket, consumed, autoClose);
      }
      InputStream in = socket.getInputStream();
      int first = in.read();
      if (first != ProxyProtocolHeader.FIRST) {
        byte[] read = first < 0 ? new byte[0] : new byte[] {(byte) first};
        return inner().createSocket(socket, new ByteArrayInputStream(read), autoClose);
      }
      boolean[] begun = new boolean[1];
      Optional<ProxyProtocolHeader> header =
          ProxyProtocolHeader.read(
              () -> {
                if (begun[0]) {
                  return in.read();
                }
                begun[0] = true;
                return first;
              });
      header
          .orElseThrow(() -> new IOException("the PROXY header is malformed"))
          .source()
          .ifPresent(source -> connections.identify(connection, source));
      return inner().createSocket(socket, null, autoClose);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return inner().createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return inner().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return inner().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return inner().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return inner().createSocket(host, port, local, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return inner().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return inner().getSupportedCipherSuites();
    }
  }

  /// The service provider interface of the wrapped context.
  private static final class Spi extends SSLContextSpi {
    private final SSLContext inner;
    private final SSLSocketFactory factory;

    private Spi(SSLContext inner, ClientConnections connections) {
      this.inner = inner;
      this.factory = new Factory(inner, connections);
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      inner.init(keys, trust, random);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return factory;
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return inner.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return inner.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return inner.createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return inner.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return inner.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return inner.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return inner.getSupportedSSLParameters();
    }
  }
}
