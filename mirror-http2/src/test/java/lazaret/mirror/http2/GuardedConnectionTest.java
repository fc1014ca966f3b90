package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The end of a connection whose last frame waits for a socket.
@Timeout(60)
class GuardedConnectionTest {
  private final HeldWriter writer = new HeldWriter();
  private final OutboundWatch watch =
      new OutboundWatch(
          new OutboundQueue(writer, new OutboundBuffers(4)),
          new StreamTable(65_535),
          new FloodBudgets(),
          false);
  private final CountDownLatch libraryClosed = new CountDownLatch(1);
  private final GuardedConnection connection =
      new GuardedConnection(new OneFrameConnection(), watch, () -> {});

  /// The library's connection, which sends one frame and ends.
  private final class OneFrameConnection implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) {
      sendFrame();
    }

    @Override
    public Duration idleTime() {
      return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
      libraryClosed.countDown();
    }

    @Override
    public boolean canInterrupt() {
      return true;
    }
  }

  private void sendFrame() {
    var frame = new FrameBuffer();
    frame.header(8, FrameType.GOAWAY, 0, 0);
    frame.word(0);
    frame.word(0);
    watch.writeNow(BufferData.create(frame.take()));
  }

  @Test
  void endsAfterTheLastFrameIsWritten() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    Thread handler =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    connection.handle(FixedLimit.create());
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                  calls.set(writer.sizes().size());
                });
    HeldWriter.awaitTimedWait(handler);
    writer.permit(1);
    handler.join();

    assertThat(calls).hasValue(1);
  }

  @Test
  void isNotInterruptedWhileAFrameWaits() throws InterruptedException {
    assertThat(connection.canInterrupt()).isTrue();
    sendFrame();

    assertThat(connection.canInterrupt()).isFalse();
    connection.close(false);
    assertThat(libraryClosed.getCount()).isEqualTo(1);

    writer.permit(1);
    libraryClosed.await();
    assertThat(connection.canInterrupt()).isTrue();
  }

  @Test
  void closesAtOnceWhenRequestsAreInterrupted() {
    sendFrame();
    connection.close(true);

    assertThat(libraryClosed.getCount()).isZero();
  }
}
