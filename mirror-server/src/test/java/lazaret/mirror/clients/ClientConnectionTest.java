package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The states of one connection, and the count of request heads that are not complete.
class ClientConnectionTest {
  private final AtomicInteger incomplete = new AtomicInteger();

  private ClientConnection connection() throws IOException {
    return new ClientConnection(
        SocketChannel.open(), HonestClient.at("127.0.0.1", 1_000), incomplete);
  }

  @Test
  void headEndsWithItsRequest() throws Exception {
    ClientConnection connection = connection();
    assertThat(connection.headIncomplete()).isTrue();

    connection.began();
    connection.ended(false);
    assertThat(connection.headIncomplete()).isFalse();
    assertThat(incomplete).hasValue(0);

    connection.headBegan();
    connection.headBegan();
    assertThat(connection.headIncomplete()).isTrue();
    assertThat(incomplete).hasValue(1);
  }

  /// The thread of a closed connection may still have bytes to read.
  @Test
  void headOfForgottenConnectionIsNotCounted() throws Exception {
    ClientConnection connection = connection();
    assertThat(connection.closeUnlessResponding(false)).isTrue();
    connection.forget();

    connection.headBegan();
    connection.began();
    connection.headBegan();
    connection.forget();

    assertThat(incomplete).hasValue(0);
    assertThat(connection.headIncomplete()).isFalse();
    assertThat(connection.headOverdue(System.nanoTime(), 0)).isFalse();
  }

  @Test
  void connectionWithRequestInProgressIsKept() throws Exception {
    ClientConnection connection = connection();
    connection.began();
    assertThat(connection.closeUnlessResponding(false)).isFalse();
    assertThat(connection.isOpen()).isTrue();

    connection.ended(false);
    assertThat(connection.closeUnlessResponding(false)).isTrue();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void writesMoreThanTheKernelTakesAtOnce() throws Exception {
    byte[] body = new byte[8 << 20];
    new Random(1).nextBytes(body);
    byte[] head = {1, 2, 3};
    try (ServerSocketChannel listening =
            ServerSocketChannel.open().bind(HonestClient.at("127.0.0.1", 0));
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        SocketChannel accepted = listening.accept()) {
      ClientConnection connection =
          new ClientConnection(accepted, (InetSocketAddress) client.getLocalAddress(), incomplete);
      AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

      Thread writer =
          Thread.startVirtualThread(
              () -> {
                try {
                  connection.write(ByteBuffer.wrap(head), ByteBuffer.wrap(body));
                } catch (IOException e) {
                  failure.set(e);
                }
                connection.abort();
              });
      byte[] received = client.socket().getInputStream().readAllBytes();
      writer.join();

      assertThat(failure.get()).isNull();
      assertThat(received).hasSize(head.length + body.length).startsWith(head).endsWith(body);
    }
  }

  /// The library names a connection in this way. Another name makes large bodies be copied.
  @Test
  void isTheSocketOfItsChannelAlone() throws Exception {
    SocketChannel channel = SocketChannel.open();
    ClientConnection connection =
        new ClientConnection(channel, HonestClient.at("127.0.0.1", 1_000), incomplete);

    assertThat(connection.isSocket("0x%08x".formatted(System.identityHashCode(channel)))).isTrue();
    assertThat(connection.isSocket("0x00000000")).isFalse();
    channel.close();
  }
}
