package lazaret.detonation;

import static lazaret.detonation.SocketFixture.ORDER;
import static lazaret.detonation.SocketFixture.client;
import static lazaret.detonation.SocketFixture.evidence;
import static lazaret.detonation.SocketFixture.frame;
import static lazaret.detonation.SocketFixture.limits;
import static lazaret.detonation.SocketFixture.own;
import static lazaret.detonation.SocketFixture.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.DeskJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DetonationServerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final DetonationTask HONEST =
      order -> new DetonationOutcome.Observed(evidence(order));

  @TempDir Path folder;

  @Test
  void returnsTheOutcomeOfTheTask() throws IOException {
    try (SocketFixture server = serving(folder, own(), HONEST)) {
      assertThat(client(server.path).run(ORDER))
          .isEqualTo(new DetonationOutcome.Observed(evidence(ORDER)));
    }
  }

  @Test
  void returnsRefusalsAndDefectsOfTheTask() throws IOException {
    DetonationTask task =
        order -> {
          if (order.name().published().equals("broken")) {
            throw new IllegalStateException("a defect");
          }
          return new DetonationOutcome.Refused(ErrorCode.SANDBOX_UNUSABLE, "no bubblewrap");
        };
    try (SocketFixture server = serving(folder, own(), task)) {
      assertThat(client(server.path).run(ORDER))
          .isEqualTo(new DetonationOutcome.Refused(ErrorCode.SANDBOX_UNUSABLE, "no bubblewrap"));
      assertThat(client(server.path).run(SocketFixture.order("broken", "1.0.0", 10)))
          .isEqualTo(
              new DetonationOutcome.Refused(
                  ErrorCode.INTERNAL, "a defect of the sandbox service: its log has the trace"));
    }
  }

  @Test
  void servesOnlyTheUsersOfItsCheck() throws IOException {
    try (SocketFixture server = serving(folder, PeerCheck.of(List.of("nobody")), HONEST)) {
      assertThat(client(server.path).run(ORDER))
          .isInstanceOfSatisfying(
              DetonationOutcome.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SERVER_UNAVAILABLE));
    }
    assertThatThrownBy(() -> PeerCheck.of(List.of("no-such-user-here")))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot find the user 'no-such-user-here' on this machine");
    assertThatThrownBy(() -> PeerCheck.of(List.of())).isInstanceOf(MalformedException.class);
  }

  /// The file of the socket is open to all here, so that only the check refuses the process.
  @Test
  void refusesAProcessOfAnotherUser() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "no python3 on this machine");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv on this machine");
    assumeTrue(System.getProperty("user.name").equals("root"), "only root becomes another user");
    AtomicInteger runs = new AtomicInteger();
    DetonationTask counting =
        order -> {
          runs.incrementAndGet();
          return HONEST.run(order);
        };
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (SocketFixture server = serving(folder, own(), counting)) {
      Files.setPosixFilePermissions(server.path, PosixFilePermissions.fromString("rwxrwxrwx"));
      Path message = Files.write(folder.resolve("order"), order(DeskJson.encode(ORDER.head())));
      Files.setPosixFilePermissions(message, PosixFilePermissions.fromString("r--r--r--"));
      String script =
          """
          import socket, sys
          s = socket.socket(socket.AF_UNIX)
          s.settimeout(10)
          s.connect(sys.argv[1])
          try:
              s.sendall(open(sys.argv[2], 'rb').read())
              print(len(s.recv(100)))
          except OSError:
              print('closed')
          """;
      List<String> words =
          List.of(python.toString(), "-c", script, server.path.toString(), message.toString());

      assertThat(output(words)).as("the own user gets READY").isEqualTo("5");
      List<String> other =
          List.of("/usr/bin/setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
      assertThat(output(Stream.concat(other.stream(), words.stream()).toList()))
          .as("another user gets nothing")
          .isIn("0", "closed");
    }
    assertThat(runs).hasValue(0);
  }

  private static String output(List<String> words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.strip();
  }

  private static byte[] order(Bytes head) {
    return frame(FrameKind.ORDER.number(), head.length(), head.array());
  }

  private static byte[] order(String json) {
    return order(Bytes.utf8(json));
  }

  static Stream<Arguments> hostile() {
    String head =
        "{\"name\":\"beta\",\"version\":\"1.1.0\",\"cksum\":\"%s\",\"bytes\":%s}"
            .formatted("0".repeat(64), "%s");
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("half a head", new byte[] {1, 0}),
        Arguments.of("HTTP", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        Arguments.of("an unknown kind", frame(200, 0, new byte[0])),
        Arguments.of("a message of the other side", frame(4, 0, new byte[0])),
        Arguments.of("an artifact without an order", frame(3, 1, new byte[1])),
        Arguments.of("a long head", frame(1, (4 << 10) + 1, new byte[0])),
        Arguments.of("a negative length", frame(1, -1, new byte[0])),
        Arguments.of("no JSON", order("beta 1.1.0")),
        Arguments.of("another document", order("{}")),
        Arguments.of("a deep document", order("[".repeat(2_000))),
        Arguments.of("a path as a name", order(head.replace("beta", "../x").formatted("5"))),
        Arguments.of("an empty artifact", order(head.formatted("0"))),
        Arguments.of("a negative artifact", order(head.formatted("-1"))),
        Arguments.of("a large artifact", order(head.formatted("999999999999"))),
        Arguments.of(
            "another artifact", concat(order(head.formatted("5")), frame(3, 5, new byte[5]))),
        Arguments.of(
            "a shorter artifact", concat(order(head.formatted("5")), frame(3, 4, new byte[4]))),
        Arguments.of("two orders", concat(order(head.formatted("5")), order(head.formatted("5")))));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void survivesHostileClients(String what, byte[] bytes) throws IOException {
    try (SocketFixture server =
        serving(
            folder,
            own(),
            HONEST,
            new DetonationServer.Limits(1, Duration.ofMillis(500), Duration.ofMillis(50)))) {
      try (SocketChannel hostile = server.connect()) {
        hostile.write(ByteBuffer.wrap(bytes));
        assertThat(all(hostile)).as(what).doesNotContain(FrameKind.OBSERVED.number());
      }
      awaitOutcome(server, new DetonationOutcome.Observed(evidence(ORDER)));
    }
  }

  /// Reads until the server closes the connection, and returns the kinds of its messages.
  private static List<Integer> all(SocketChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
    long end = System.nanoTime() + SOON.toNanos();
    try {
      while (channel.read(bytes) >= 0) {
        assertThat(System.nanoTime()).as("the server closes the connection").isLessThan(end);
      }
    } catch (IOException _) {
      // A connection with unread bytes is reset.
    }
    bytes.flip();
    Stream.Builder<Integer> kinds = Stream.builder();
    while (bytes.remaining() >= 5) {
      kinds.add((int) bytes.get());
      bytes.position(bytes.position() + Integer.BYTES + bytes.getInt(bytes.position()));
    }
    return kinds.build().toList();
  }

  /// The place of an earlier client is free a moment after its end.
  private static void awaitOutcome(SocketFixture server, DetonationOutcome expected) {
    long end = System.nanoTime() + SOON.toNanos();
    DetonationOutcome found = client(server.path).run(ORDER);
    while (!found.equals(expected) && System.nanoTime() < end) {
      found = client(server.path).run(ORDER);
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void endsTheBuildWhenTheClientLeaves() throws Exception {
    endsTheBuild(new byte[0]);
  }

  @Test
  void endsTheBuildWhenTheClientSendsMore() throws Exception {
    endsTheBuild(new byte[] {1});
  }

  private void endsTheBuild(byte[] more) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    DetonationTask endless =
        order -> {
          begun.countDown();
          try {
            Thread.sleep(SOON.multipliedBy(6));
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
          return new DetonationOutcome.Refused(ErrorCode.INTERNAL, "interrupted");
        };
    try (SocketFixture server = serving(folder, own(), endless, limits(1))) {
      SocketChannel channel = server.connect();
      FrameConnection line = new FrameConnection(channel);
      line.send(FrameKind.ORDER, DeskJson.encode(ORDER.head()), SOON);
      assertThat(line.read(Set.of(FrameKind.READY), SOON).kind()).isEqualTo(FrameKind.READY);
      line.send(FrameKind.CRATE, ORDER.crate(), SOON);
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(interrupted.getCount()).isEqualTo(1);
      if (more.length == 0) {
        line.close();
      } else {
        channel.write(ByteBuffer.wrap(more));
      }
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).as("the build was ended").isTrue();
      line.close();
    }
  }

  @Test
  void runsOneOrderAtATimeAndRefusesMoreThanItsLimit() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    DetonationTask slow =
        order -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          try {
            go.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          running.decrementAndGet();
          return HONEST.run(order);
        };
    BlockingQueue<DetonationOutcome> outcomes = new LinkedBlockingQueue<>();
    try (SocketFixture server = serving(folder, own(), slow, limits(2))) {
      DetonationClient patient =
          new DetonationClient(server.path, new DetonationClient.Patience(SOON, SOON));
      for (int order = 0; order < 3; order++) {
        Thread.ofVirtual().start(() -> outcomes.add(patient.run(ORDER)));
      }
      assertThat(outcomes.poll(SOON.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(
              new DetonationOutcome.Refused(
                  ErrorCode.SERVER_UNAVAILABLE,
                  "cannot build: expected at most 2 orders at once; try again later"));
      go.countDown();
      for (int order = 0; order < 2; order++) {
        assertThat(outcomes.poll(SOON.toSeconds(), TimeUnit.SECONDS))
            .isInstanceOf(DetonationOutcome.Observed.class);
      }
    }
    assertThat(most).hasValue(1);
  }
}
