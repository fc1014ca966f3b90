package lazaret.cli.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A program that forwards all bytes between connections to one address and a TCP server. It gives
/// a Unix socket to a server without one, and is the attacker who relays a challenge.
public final class SocketForwarder implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final InetSocketAddress behind;

  private SocketForwarder(ServerSocketChannel listener, InetSocketAddress behind) {
    this.listener = listener;
    this.behind = behind;
    Thread.ofVirtual().start(this::accept);
  }

  /// Listens on a Unix socket.
  public static SocketForwarder open(Path socket, InetSocketAddress behind) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket));
      return new SocketForwarder(listener, behind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Listens on a free port of an address.
  static SocketForwarder open(SocketAddress address, InetSocketAddress behind) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(address);
      return new SocketForwarder(listener, behind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        SocketChannel server = SocketChannel.open(behind);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private static void pass(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException _) {
      // one side closed its connection
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
