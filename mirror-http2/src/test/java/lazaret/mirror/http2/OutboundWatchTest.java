package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The frames that the server sends, in front of a socket whose writes the test permits.
@Timeout(60)
class OutboundWatchTest {
  private final HeldWriter writer = new HeldWriter();
  private final OutboundQueue queue = new OutboundQueue(writer, new OutboundBuffers(4));
  private final StreamTable streams = new StreamTable(65_535);
  private final FloodBudgets budgets = new FloodBudgets();
  private final OutboundWatch watch = new OutboundWatch(queue, streams, budgets, false);

  private static byte[] bytes(FrameType type, int flags, int stream, int length) {
    var out = new FrameBuffer();
    out.header(length, type, flags, stream);
    out.write(new byte[length], 0, length);
    return out.take();
  }

  private void send(FrameType type, int flags, int stream, int length) {
    watch.writeNow(BufferData.create(bytes(type, flags, stream, length)));
  }

  /// Returns the types of the frames that were written, with their streams.
  private List<String> frames() {
    byte[] all = writer.all();
    List<String> frames = new ArrayList<>();
    for (int at = 0; at < all.length; ) {
      frames.add(FrameType.of(all[at + 3] & 0xFF) + " " + FrameBuffer.word(all, at + 5));
      at += FrameType.HEADER + (FrameBuffer.word(all, at) >>> 8);
    }
    return frames;
  }

  @Test
  void recordsFramesWhenTheyAreHandedOver() {
    streams.begin(1, true);
    streams.begin(3, false);
    send(FrameType.HEADERS, FrameType.END_HEADERS, 1, 20);
    send(FrameType.DATA, FrameType.END_STREAM, 1, 100);
    send(FrameType.RST_STREAM, 0, 3, 4);

    assertThat(writer.sizes()).isEmpty();
    assertThat(streams.find(1)).isNull();
    assertThat(streams.find(3)).isNull();
    assertThat(streams.findReset(3)).isNotNull();
  }

  @Test
  void writesFramesInTheOrderInWhichTheyAreHandedOver() {
    writer.permit(1_000);
    for (int stream = 1; stream < 9; stream += 2) {
      send(FrameType.HEADERS, FrameType.END_HEADERS, stream, 20);
    }
    for (int stream = 7; stream > 0; stream -= 2) {
      send(FrameType.DATA, FrameType.END_STREAM, stream, 16_384);
    }
    watch.flush();

    assertThat(frames())
        .containsExactly(
            "HEADERS 1",
            "HEADERS 3",
            "HEADERS 5",
            "HEADERS 7",
            "DATA 7",
            "DATA 5",
            "DATA 3",
            "DATA 1");
  }

  @Test
  void sendsOwnFramesAfterTheHeaderBlockThatIsIncomplete() {
    writer.permit(1_000);
    send(FrameType.HEADERS, 0, 1, 20);
    watch.reset(3, Http2ErrorCode.REFUSED_STREAM);
    watch.credit(10);
    send(FrameType.CONTINUATION, 0, 1, 20);
    send(FrameType.CONTINUATION, FrameType.END_HEADERS, 1, 20);
    send(FrameType.DATA, FrameType.END_STREAM, 1, 20);
    watch.flush();

    assertThat(frames())
        .containsExactly(
            "HEADERS 1",
            "CONTINUATION 1",
            "CONTINUATION 1",
            "RST_STREAM 3",
            "WINDOW_UPDATE 0",
            "DATA 1");
  }

  @Test
  void sendsOwnFramesAtOnceBetweenHeaderBlocks() {
    writer.permit(1_000);
    watch.reset(3, Http2ErrorCode.REFUSED_STREAM);
    watch.flush();

    assertThat(frames()).containsExactly("RST_STREAM 3");
  }

  @Test
  void countsResetsThatWaitForTheSocket() {
    for (int stream = 1; stream < 403; stream += 2) {
      streams.begin(stream, true);
      send(FrameType.RST_STREAM, 0, stream, 4);
    }

    assertThatThrownBy(budgets.serverResets::check).isInstanceOf(Http2Exception.class);
  }

  @Test
  void passesTheResponseToAnUpgradeUnread() {
    var upgraded = new OutboundWatch(queue, streams, budgets, true);
    byte[] response = "HTTP/1.1 101 Switching\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    writer.permit(1_000);
    upgraded.writeNow(BufferData.create(response));
    upgraded.flush();

    assertThat(writer.all()).isEqualTo(response);
  }

  @Test
  void failedWriteReachesTheReaderWhenItReadsOn() throws InterruptedException {
    watch.checkReader();
    writer.fail(new SocketException("broken pipe"));
    send(FrameType.PING, FrameType.ACK, 0, 8);
    watch.flush();

    send(FrameType.PING, FrameType.ACK, 0, 8);
    assertThatThrownBy(watch::checkReader).isInstanceOf(CloseConnectionException.class);
    assertThat(thrownInAnotherThread()).isInstanceOf(UncheckedIOException.class);
  }

  private @Nullable Throwable thrownInAnotherThread() throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    send(FrameType.DATA, 0, 1, 10);
                  } catch (UncheckedIOException e) {
                    thrown.set(e);
                  }
                });
    other.join();
    return thrown.get();
  }
}
