package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.PlainSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The two ends of a connection.
class WatchedContextTest {

  /// A connection of the library that counts how often its ends are looked up.
  private record Counted(PlainSocket socket, AtomicInteger lookups) implements ConnectionContext {
    @Override
    public PeerInfo remotePeer() {
      lookups.incrementAndGet();
      return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      lookups.incrementAndGet();
      return socket.localPeer();
    }

    @Override
    public HelidonSocket serverSocket() {
      return socket;
    }

    @Override
    public DataReader dataReader() {
      return DataReader.create(socket);
    }

    @Override
    public DataWriter dataWriter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ListenerContext listenerContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExecutorService executor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Router router() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String socketId() {
      return "server";
    }

    @Override
    public String childSocketId() {
      return "client";
    }
  }

  @Test
  void looksUpItsEndsOnceAndKnowsThemWhenItIsClosed() throws Exception {
    try (ServerSocketChannel listening =
            ServerSocketChannel.open().bind(HonestClient.at("127.0.0.1", 0));
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        SocketChannel accepted = listening.accept()) {
      InetSocketAddress peer = (InetSocketAddress) client.getLocalAddress();
      PlainSocket socket = PlainSocket.server(accepted.socket(), "client", "server");
      AtomicInteger lookups = new AtomicInteger();
      ClientConnection connection = new ClientConnection(accepted, peer, new AtomicInteger());

      WatchedContext context =
          new WatchedContext(
              new Counted(socket, lookups), new RequestHeadWatch(connection), () -> false);
      int atFirst = lookups.get();
      socket.close();

      assertThat(context.remotePeer().address()).isEqualTo(peer);
      assertThat(context.remotePeer().host()).isEqualTo("127.0.0.1");
      assertThat(context.remotePeer().port()).isEqualTo(peer.getPort());
      assertThat(context.remotePeer().tlsCertificates()).isEmpty();
      assertThat(context.localPeer().address()).isEqualTo(listening.getLocalAddress());
      assertThat(lookups).hasValue(atFirst);
    }
  }
}
