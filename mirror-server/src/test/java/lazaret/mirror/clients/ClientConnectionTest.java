package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
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
    assertThat(connection.closeUnlessResponding()).isTrue();
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
    assertThat(connection.closeUnlessResponding()).isFalse();
    assertThat(connection.isOpen()).isTrue();

    connection.ended(false);
    assertThat(connection.closeUnlessResponding()).isTrue();
    assertThat(connection.isOpen()).isFalse();
  }
}
