package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.BufferData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The queue of frames in front of a socket whose writes the test permits.
@Timeout(60)
class OutboundQueueTest {
  private static final int SIZE = OutboundBuffers.SIZE;

  private final HeldWriter writer = new HeldWriter();
  private final OutboundBuffers buffers = new OutboundBuffers(2);
  private final OutboundQueue queue = new OutboundQueue(writer, buffers);
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
  private final AtomicBoolean interruptedAfterwards = new AtomicBoolean();

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// Adds bytes in two parts, as the library does.
  private static void add(OutboundQueue queue, byte[] bytes) {
    int head = Math.min(FrameType.HEADER, bytes.length);
    queue.add(
        BufferData.create(
            BufferData.create(bytes, 0, head),
            BufferData.create(bytes, head, bytes.length - head)));
  }

  private void add(byte[] bytes) {
    add(queue, bytes);
  }

  private Thread start(Runnable task) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                task.run();
              } catch (UncheckedIOException e) {
                thrown.set(e);
              }
              interruptedAfterwards.set(Thread.currentThread().isInterrupted());
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16})
  void writesInTheOrderOfAdditionWithAnyNumberOfBuffers(int limit) {
    OutboundQueue limited = new OutboundQueue(writer, new OutboundBuffers(limit));
    var all = new ByteArrayOutputStream();
    writer.permit(1_000);

    for (int i = 0; i < 200; i++) {
      byte[] each = bytes(i * 401, i);
      all.writeBytes(each);
      add(limited, each);
    }
    limited.flush();

    assertThat(writer.all()).isEqualTo(all.toByteArray());
    assertThat(limited.isWritten()).isTrue();
  }

  @Test
  void writesTogetherWhatIsAddedDuringAWrite() throws InterruptedException {
    add(bytes(100, 1));
    assertThat(writer.awaitCall()).isEqualTo(bytes(100, 1));
    add(bytes(200, 2));
    add(bytes(300, 3));
    writer.permit(2);
    queue.flush();

    assertThat(writer.sizes()).containsExactly(100, 500);
  }

  @Test
  void fillsBuffersWhereverFramesEnd() throws InterruptedException {
    int frame = FrameType.HEADER + 16_384;
    add(bytes(1, 0));
    writer.awaitCall();
    Thread adder =
        start(
            () -> {
              for (int i = 0; i < 3; i++) {
                add(bytes(frame, i));
              }
            });
    HeldWriter.awaitWait(adder);
    writer.permit(1);
    assertThat(writer.awaitCall()).hasSize(SIZE);
    adder.join();
    writer.permit(2);
    queue.flush();

    assertThat(writer.sizes()).containsExactly(1, SIZE, 3 * frame - SIZE);
  }

  @Test
  void waitsWhileTheClientReadsNothing() throws InterruptedException {
    AtomicInteger added = new AtomicInteger();
    Thread adder =
        start(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                add(bytes(1_000, i));
                added.incrementAndGet();
              }
            });
    HeldWriter.awaitWait(adder);

    assertThat(adder.isAlive()).isTrue();
    assertThat(added.get() * 1_000).isLessThanOrEqualTo(2 * SIZE);
    assertThat(queue.isWritten()).isFalse();

    writer.permit(1_000);
    adder.join();
    queue.flush();
    assertThat(writer.all()).hasSize(1_000_000);
  }

  @Test
  void failedWriteEndsWaitsAndLaterAdditions() throws InterruptedException {
    Thread adder = start(() -> add(bytes(3 * SIZE, 1)));
    HeldWriter.awaitWait(adder);
    IOException broken = new SocketException("broken pipe");
    writer.fail(broken);
    adder.join();
    queue.flush();

    assertThat(thrown.get()).isInstanceOf(UncheckedIOException.class).hasCause(broken);
    assertThatThrownBy(() -> add(bytes(1, 1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(broken);
    assertThat(queue.isFailed()).isTrue();
    assertThat(queue.isWritten()).isTrue();
    assertThat(writer.sizes()).isEmpty();
    assertBuffersAreBack();
  }

  private void assertBuffersAreBack() {
    assertThat(buffers.take()).isNotNull();
    assertThat(buffers.take()).isNotNull();
    assertThat(buffers.take()).isNull();
  }

  @Test
  void interruptedWaitInterruptsTheWrite() throws InterruptedException {
    Thread adder = start(() -> add(bytes(3 * SIZE, 1)));
    HeldWriter.awaitWait(adder);
    adder.interrupt();
    adder.join();
    queue.flush();

    assertThat(thrown.get()).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(interruptedAfterwards).isTrue();
    assertThat(queue.isFailed()).isTrue();
    assertThatThrownBy(() -> add(bytes(1, 1))).isInstanceOf(UncheckedIOException.class);
    assertBuffersAreBack();
  }

  @Test
  void writesInTheCallingThreadWithoutBuffers() {
    OutboundQueue direct = new OutboundQueue(writer, new OutboundBuffers(0));
    writer.permit(1);
    add(direct, bytes(100, 1));

    assertThat(writer.sizes()).containsExactly(100);
    assertThat(direct.isWritten()).isTrue();

    writer.fail(new SocketException("broken pipe"));
    assertThatThrownBy(() -> add(direct, bytes(1, 1))).isInstanceOf(UncheckedIOException.class);
    assertThat(direct.isFailed()).isTrue();
  }

  @Test
  void flushWaitsForTheWriteAndBuffersAreBack() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    add(bytes(10, 1));
    Thread flusher =
        start(
            () -> {
              queue.flush();
              calls.set(writer.sizes().size());
            });
    HeldWriter.awaitTimedWait(flusher);
    writer.permit(1);
    flusher.join();

    assertThat(calls).hasValue(1);
    assertBuffersAreBack();
  }

  @Test
  void clientThatReadsNothingLeavesDirectWritesToOthers() throws InterruptedException {
    add(bytes(10, 1));
    writer.awaitCall();
    add(bytes(10, 2));
    assertThat(buffers.take()).isNull();

    HeldWriter free = new HeldWriter();
    free.permit(2);
    OutboundQueue other = new OutboundQueue(free, buffers);
    add(other, bytes(100, 3));
    add(other, bytes(200, 4));

    assertThat(free.sizes()).containsExactly(100, 200);
  }

  @Test
  void buffersUseASmallShareOfTheHeap() {
    OutboundBuffers small = OutboundBuffers.ofHeap(64L << 20);
    int taken = 0;
    while (small.take() != null) {
      taken++;
    }

    assertThat(taken).isBetween(16, (1 << 20) / SIZE);
  }
}
