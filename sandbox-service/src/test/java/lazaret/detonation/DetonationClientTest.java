package lazaret.detonation;

import static lazaret.detonation.SocketFixture.ORDER;
import static lazaret.detonation.SocketFixture.client;
import static lazaret.detonation.SocketFixture.evidence;
import static lazaret.detonation.SocketFixture.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.DetonationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DetonationClientTest {
  private static final byte[] READY = frame(2, 0, new byte[0]);
  private static final byte[] ALIVE = frame(4, 0, new byte[0]);

  @TempDir Path folder;

  static Stream<Arguments> hostile() {
    DetonationOrder other = SocketFixture.order("beta", "1.2.0", 10);
    Bytes refusal = DeskJson.encode(new Problem(ErrorCode.FORBIDDEN, "\u001b[31mred\nline"));
    return Stream.of(
        Arguments.of("leaves", new byte[0], "cannot build in the service at"),
        Arguments.of("an unknown kind", frame(99, 0, new byte[0]), "expected a kind from 1 to 9"),
        Arguments.of("a result before its turn", observed(evidence(ORDER)), "found OBSERVED"),
        Arguments.of("two turns", concat(READY, READY), "found READY"),
        Arguments.of(
            "a long result",
            concat(READY, frame(5, (16 << 20) + 1, new byte[0])),
            "expected at most 16777216 bytes"),
        Arguments.of("content without need", frame(4, 1, new byte[1]), "at most 0 bytes"),
        Arguments.of("a negative length", frame(2, -5, new byte[0]), "at most 0 bytes"),
        Arguments.of("no JSON", concat(READY, frame(5, 2, new byte[2])), "broke the protocol"),
        Arguments.of(
            "evidence of another version",
            concat(READY, observed(evidence(other))),
            "found that of another version"),
        Arguments.of(
            "a refusal with control characters",
            frame(6, refusal.length(), refusal.array()),
            "?[31mred?line"));
  }

  private static byte[] observed(Record evidence) {
    Bytes document = DeskJson.encode(evidence);
    return frame(5, document.length(), document.array());
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refusesHostileServices(String what, byte[] bytes, String detail) throws IOException {
    try (SocketFixture server = sending(bytes, 1)) {
      assertThat(client(server.path).run(ORDER))
          .as(what)
          .isInstanceOfSatisfying(
              DetonationOutcome.Refused.class,
              refused -> assertThat(refused.detail()).contains(detail));
    }
  }

  /// A service that sends bytes, and then reads until the client leaves.
  private SocketFixture sending(byte[] bytes, int times) {
    return SocketFixture.listening(
        folder,
        listener -> {
          try (SocketChannel channel = listener.accept()) {
            if (bytes.length == 0) {
              return;
            }
            for (int i = 0; i < times; i++) {
              channel.write(ByteBuffer.wrap(bytes));
              if (times > 1) {
                pause();
              }
            }
            ByteBuffer read = ByteBuffer.allocate(64 << 10);
            while (channel.read(read.clear()) >= 0) {
              // The client is served nothing more.
            }
          }
        });
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(50));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void waitsNoLongerThanItsLimits() throws IOException {
    try (SocketFixture silent = sending(READY, 1)) {
      assertRefused(silent.path, "the other side does not respond in time");
    }
  }

  @Test
  void signsOfLifeDoNotExtendTheLimitOfAnOrder() throws IOException {
    try (SocketFixture endless = sending(ALIVE, 1_000)) {
      assertRefused(endless.path, "expected a result within 0 minutes");
    }
  }

  /// The messages that were written are those that the client read, and a few hundred that wait in
  /// the socket.
  @Test
  void floodOfSignsOfLifeWaitsInTheSocket() throws IOException {
    AtomicInteger written = new AtomicInteger();
    try (SocketFixture flood =
        SocketFixture.listening(
            folder,
            listener -> {
              try (SocketChannel channel = listener.accept()) {
                while (true) {
                  channel.write(ByteBuffer.wrap(ALIVE));
                  written.incrementAndGet();
                }
              }
            })) {
      DetonationClient client =
          new DetonationClient(
              flood.path,
              new DetonationClient.Patience(Duration.ofSeconds(10), Duration.ofSeconds(1)));
      assertThat(client.run(ORDER)).isInstanceOf(DetonationOutcome.Refused.class);
    }
    assertThat(written.get()).isBetween(1, 3_000);
  }

  @Test
  void largestEvidenceFits() throws IOException {
    List<TraceInfo> traces =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "%04d".formatted(i) + "\ud83e\udd80".repeat(248))
            .map(what -> new TraceInfo(TraceInfo.Kind.DENIED, what))
            .toList();
    DetonationRequest evidence =
        new DetonationRequest(
            ORDER.name(), ORDER.version(), Sha256.of(ORDER.crate()), "built", traces);
    DetonationTask task = _ -> new DetonationOutcome.Observed(evidence);
    try (SocketFixture server = SocketFixture.serving(folder, SocketFixture.own(), task)) {
      DetonationClient patient =
          new DetonationClient(
              server.path,
              new DetonationClient.Patience(Duration.ofSeconds(30), Duration.ofMinutes(1)));
      assertThat(patient.run(ORDER)).isEqualTo(new DetonationOutcome.Observed(evidence));
    }
  }

  /// A server that stops interrupts its orders. The signs of life of the build do not prolong them.
  @Test
  void interruptEndsTheWaitForABuild() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    DetonationTask endless =
        _ -> {
          begun.countDown();
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return new DetonationOutcome.Refused(ErrorCode.INTERNAL, "the build was ended");
        };
    try (SocketFixture server = SocketFixture.serving(folder, SocketFixture.own(), endless)) {
      DetonationClient patient = new DetonationClient(server.path, DetonationClient.Patience.USUAL);
      FutureTask<DetonationOutcome> order = new FutureTask<>(() -> patient.run(ORDER));
      Thread waiting = Thread.ofVirtual().start(order);
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      waiting.interrupt();

      assertThat(order.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              DetonationOutcome.Refused.class,
              refused -> assertThat(refused.detail()).contains("was canceled"));
    }
  }

  @Test
  void namesAMissingService() {
    assertRefused(folder.resolve("absent"), "journalctl -u lazaret-sandbox");
  }

  private static void assertRefused(Path socket, String detail) {
    assertThat(client(socket).run(ORDER))
        .isInstanceOfSatisfying(
            DetonationOutcome.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.SERVER_UNAVAILABLE);
              assertThat(refused.detail()).contains(detail);
            });
  }

  @Test
  void ordersHaveALimitedSize() {
    int tooLarge = DetonationOrder.MAX_BYTES + 1;
    assertThatThrownBy(() -> SocketFixture.order("beta", "1.0.0", tooLarge))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected an artifact of 1 to 33554432 bytes, found 33554433");
  }
}
