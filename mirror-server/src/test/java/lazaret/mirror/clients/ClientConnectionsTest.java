package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which connections give way at a full server whose threads do not run.
class ClientConnectionsTest {
  private static final int MAX = 16;

  private final List<SocketChannel> open = new ArrayList<>();
  private final List<SocketChannel> clients = new ArrayList<>();
  private ClientConnections connections;
  private ServerSocketChannel listening;

  @BeforeEach
  void listen() throws IOException {
    connections =
        new ClientConnections(
            SocketOptions.builder().build(),
            ConnectionLimits.of(MAX, Duration.ofMinutes(1), Duration.ofMinutes(1)),
            TrustedProxies.NONE,
            DescriptorCount.ofProcess(),
            true);
    listening = ServerSocketChannel.open().bind(HonestClient.at("127.0.0.1", 0));
  }

  @AfterEach
  void close() throws IOException {
    connections.close();
    listening.close();
    for (SocketChannel each : clients) {
      each.close();
    }
    for (SocketChannel each : open) {
      each.close();
    }
  }

  private void connect() throws IOException {
    clients.add(SocketChannel.open(listening.getLocalAddress()));
    SocketChannel accepted = listening.accept();
    open.add(accepted);
    connections.configureSocket(accepted);
  }

  private void send(int client) throws IOException {
    assertThat(clients.get(client).write(ByteBuffer.wrap(new byte[] {'G'}))).isEqualTo(1);
    while (open.get(client).socket().getInputStream().available() == 0) {
      Thread.onSpinWait();
    }
  }

  private List<Integer> ended() {
    List<Integer> ended = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      if (!open.get(i).isOpen()) {
        ended.add(i);
      }
    }
    return ended;
  }

  private static void untilNoneIsNew() throws InterruptedException {
    Thread.sleep(250);
  }

  @Test
  void oldestConnectionWithoutUnreadBytesGivesWay() throws Exception {
    for (int i = 0; i < MAX; i++) {
      connect();
    }
    send(0);
    send(2);
    untilNoneIsNew();

    connect();
    connect();

    assertThat(ended()).containsExactly(1, 3);
  }

  @Test
  void oldestConnectionGivesWayIfAllHaveUnreadBytes() throws Exception {
    for (int i = 0; i < MAX; i++) {
      connect();
      send(i);
    }
    untilNoneIsNew();

    connect();

    assertThat(ended()).containsExactly(0);
  }

  /// A client sends its request after the server has accepted its connection, while others wait for
  /// a response, or have one.
  @Test
  void newConnectionGivesWayAfterOlderOnes() throws Exception {
    for (int i = 0; i < MAX - 1; i++) {
      connect();
      if (i == 5) {
        respond(i);
      } else {
        send(i);
      }
    }
    untilNoneIsNew();
    connect();

    connect();
    connect();

    assertThat(ended()).containsExactly(0, 5);
  }

  /// The thread of a closed connection may run while its client has another one from the same port.
  @Test
  void connectionIsFoundByItsSocketOnly() throws Exception {
    connect();
    SocketAddress peer = clients.getFirst().getLocalAddress();
    String id = "0x" + HexFormat.of().toHexDigits(System.identityHashCode(open.getFirst()));

    assertThat(connections.find(peer, id)).isNotNull();
    assertThat(connections.find(peer, "0x00000000")).isNull();
    connections.close(peer, "0x00000000");
    assertThat(ended()).isEmpty();
    connections.close(peer, id);
    assertThat(ended()).containsExactly(0);
  }

  private void respond(int client) throws IOException {
    ClientConnection connection =
        Objects.requireNonNull(connections.find(clients.get(client).getLocalAddress()));
    connection.began();
    connection.ended(false);
  }

  /// A client repeats a request after 503. It does not after the end of a new connection.
  @Test
  void firstRequestOnConnectionThatGaveWayHasStatus503() throws Exception {
    for (int i = 0; i < MAX; i++) {
      connect();
      if (i == 0) {
        respond(i);
      }
    }
    untilNoneIsNew();
    connect();
    connect();

    assertThat(ended()).containsExactly(0, 1);
    assertThat(received(1))
        .startsWith("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n")
        .endsWith(
            "\r\n\r\ncannot accept a connection: expected a free place,"
                + " found all in use; try again in 1 s\n");
    assertThat(received(0)).isEmpty();
  }

  /// A client of HTTP/2 that reads nothing would make the server wait.
  @Test
  void connectionOfHttp2ThatGaveWayGetsNoResponse() throws Exception {
    for (int i = 0; i < MAX; i++) {
      connect();
    }
    var watch =
        new RequestHeadWatch(
            Objects.requireNonNull(connections.find(clients.getFirst().getLocalAddress())));
    watch.arrived("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    watch.awaits();
    untilNoneIsNew();
    connect();

    assertThat(ended()).containsExactly(0);
    assertThat(received(0)).isEmpty();
  }

  private String received(int client) throws IOException {
    return new String(
        clients.get(client).socket().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void clientWaitsForTheServerUntilTheThreadAwaitsBytes() throws Exception {
    connect();
    ClientConnection connection =
        Objects.requireNonNull(connections.find(clients.getFirst().getLocalAddress()));
    assertThat(connection.waitsForServer()).isFalse();

    send(0);
    assertThat(connection.waitsForServer()).isTrue();

    assertThat(open.getFirst().read(ByteBuffer.allocate(8))).isEqualTo(1);
    connection.arrived();
    assertThat(connection.waitsForServer()).isTrue();

    connection.awaits();
    assertThat(connection.waitsForServer()).isFalse();
  }
}
