package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LockfileWatchTest {
  @TempDir Path temp;

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger conditional = new AtomicInteger();
  private volatile Bytes served = Bytes.EMPTY;
  private Path projects;
  private HttpServer server;
  private FollowFixture scene;

  @BeforeEach
  void open() throws IOException {
    projects = Files.createDirectories(temp.resolve("projects"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    scene = watching(List.of(projects.toString()));
  }

  @AfterEach
  void close() {
    scene.close();
    server.stop(0);
  }

  private FollowFixture watching(List<String> places) {
    return new FollowFixture(
        FollowFixture.settings(FollowMode.LOCKFILES, new FollowSettings.Limits(1, 0, 0, 1), places),
        temp.resolve("tables"));
  }

  private void watch(String... places) {
    scene.close();
    scene = watching(List.of(places));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    int _ = requests.incrementAndGet();
    boolean isKnown = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    exchange.getResponseHeaders().set("ETag", "\"v1\"");
    if (isKnown) {
      int _ = conditional.incrementAndGet();
      exchange.sendResponseHeaders(304, -1);
    } else {
      exchange.sendResponseHeaders(200, served.length() == 0 ? -1 : served.length());
      exchange.getResponseBody().write(served.array());
    }
    exchange.close();
  }

  private Path write(String path, String... packages) throws IOException {
    Path file = projects.resolve(path);
    var _ = Files.createDirectories(file.getParent());
    return Files.write(file, LockfileSample.text(packages).array());
  }

  private void rounds(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      scene.round();
    }
  }

  /// Writes the records of lockfiles, as the gate does every few seconds.
  private List<SeenLockfile> seen() {
    scene.gate.gate.usageLog().flush();
    try (Stream<SeenLockfile> all = scene.gate.store.lockfiles()) {
      return all.toList();
    }
  }

  private static List<String> packages(List<SeenLockfile> seen) {
    return seen.stream().flatMap(each -> each.packages().stream()).sorted().toList();
  }

  @Test
  void findsLockfilesOfProjectsInAFolder() throws InterruptedException, IOException {
    var _ = write("one/Cargo.lock", "alpha", "1.0.0");
    var _ = write("two/deep/er/Cargo.lock", "beta", "1.0.0");
    var _ = write("two/target/package/x/Cargo.lock", "built", "1.0.0");
    var _ = write("two/.git/Cargo.lock", "hidden", "1.0.0");
    var _ = write("two/Cargo.lock.orig", "old", "1.0.0");
    scene.start();

    scene.round();

    assertThat(packages(seen())).containsExactly("alpha 1.0.0", "beta 1.0.0");
  }

  @Test
  void cratesOfALockfileBecomeKnownAndTheirArtifactsAreFetched()
      throws InterruptedException, IOException {
    CrateId alpha = scene.publish("alpha", "1.0.0");
    var _ = write("one/Cargo.lock", "alpha", "1.0.0");
    scene.start();

    scene.round();
    assertThat(scene.isKnown("alpha")).isTrue();

    assertThat(seen()).hasSize(1);
    scene.round();
    assertThat(scene.isStored(alpha)).isTrue();
  }

  @Test
  void aPlaceCanBeAFile() throws InterruptedException, IOException {
    Path file = write("one/Cargo.lock", "alpha", "1.0.0");
    watch(file.toString());
    scene.start();

    scene.round();

    assertThat(packages(seen())).containsExactly("alpha 1.0.0");
  }

  @Test
  void linksAreNotFollowed() throws InterruptedException, IOException {
    Path outside = temp.resolve("outside/Cargo.lock");
    var _ = Files.createDirectories(outside.getParent());
    var _ = Files.write(outside, LockfileSample.text("secret", "1.0.0").array());
    var _ = Files.createSymbolicLink(projects.resolve("folder"), outside.getParent());
    var _ = Files.createSymbolicLink(projects.resolve("Cargo.lock"), outside);
    scene.start();

    scene.round();

    assertThat(seen()).isEmpty();
  }

  @Test
  void aPlaceCanBeALink() throws InterruptedException, IOException {
    var _ = write("one/Cargo.lock", "alpha", "1.0.0");
    Path link = Files.createSymbolicLink(temp.resolve("link"), projects);
    watch(link.toString());
    scene.start();

    scene.round();

    assertThat(packages(seen())).containsExactly("alpha 1.0.0");
  }

  @Test
  void aPlaceCanHaveTheNameOfASkippedFolder() throws InterruptedException, IOException {
    var _ = write("target/one/Cargo.lock", "alpha", "1.0.0");
    watch(projects.resolve("target").toString());
    scene.start();

    scene.round();

    assertThat(packages(seen())).containsExactly("alpha 1.0.0");
  }

  @Test
  @Timeout(60)
  void filesWithoutAnEndAreRefused() throws InterruptedException, IOException {
    Path endless = Files.createSymbolicLink(projects.resolve("Cargo.lock"), Path.of("/dev/zero"));
    Path pipe = projects.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
        .as("exit status of mkfifo")
        .isZero();
    Path huge = projects.resolve("huge");
    try (FileChannel file =
        FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      int _ = file.write(ByteBuffer.allocate(1), Lockfile.MAX_BYTES);
    }

    for (Path file : List.of(endless, pipe, Path.of("/dev/zero"), projects)) {
      assertThatThrownBy(() -> LockfileWatch.content(file))
          .isInstanceOf(MalformedException.class)
          .hasMessage(
              "cannot read the lockfile: expected a regular file, found a link, a folder or a"
                  + " device; replace it");
    }
    assertThatThrownBy(() -> LockfileWatch.content(huge))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot read the lockfile: expected at most 33554432 bytes, found more; replace it");
  }

  @Test
  void lockfilesAreReadAtTheirInterval() throws InterruptedException, IOException {
    scene.start();
    scene.round();
    var _ = write("one/Cargo.lock", "alpha", "1.0.0");

    rounds(2);
    assertThat(seen()).isEmpty();

    rounds(4);
    assertThat(seen()).hasSize(1);
  }

  @Test
  void anUnchangedLockfileIsRecordedOnceADay() throws InterruptedException, IOException {
    var _ = write("one/Cargo.lock", "alpha", "1.0.0");
    scene.start();
    scene.round();
    var first = seen().getFirst().last();

    rounds(12);
    assertThat(seen().getFirst().last()).isEqualTo(first);

    scene.gate.clock.advance(Duration.ofDays(1));
    rounds(7);
    assertThat(seen().getFirst().last()).isAfter(first);
  }

  @Test
  void anAddressIsRequestedWithItsValidators() throws InterruptedException {
    watch(address("/main/Cargo.lock?token=secret"));
    served = LockfileSample.text("alpha", "1.0.0");
    var _ = scene.publish("alpha", "1.0.0");
    scene.start();
    scene.round();

    assertThat(packages(seen())).containsExactly("alpha 1.0.0");
    assertThat(seen().getFirst().count().getFirst().name()).doesNotContain("secret");
    assertThat(requests.get()).isEqualTo(1);

    rounds(7);

    assertThat(requests.get()).isEqualTo(2);
    assertThat(conditional.get()).isEqualTo(1);
  }

  @Test
  void placesThatCannotBeReadAreReportedAndOthersAreRead()
      throws InterruptedException, IOException {
    var _ = write("good/Cargo.lock", "alpha", "1.0.0");
    Path bad = projects.resolve("bad/Cargo.lock");
    var _ = Files.createDirectories(bad.getParent());
    var _ = Files.writeString(bad, "<<<<<<< HEAD\n");
    watch(
        temp.resolve("missing").toString(),
        "http://user:secret@127.0.0.1:1/Cargo.lock",
        projects.toString());
    scene.start();

    scene.round();

    assertThat(packages(seen())).containsExactly("alpha 1.0.0");
    assertThat(scene.status().reply().trouble())
        .contains("watched lockfiles that were not read: 3")
        .doesNotContain("secret");
  }

  @Test
  void manyUnknownCratesDoNotStopOtherWork() throws InterruptedException, IOException {
    scene.known("stored");
    List<String> packages = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      packages.add("unknown-%03d".formatted(i));
      packages.add("1.0.0");
    }
    var _ = write("a/Cargo.lock", packages.toArray(String[]::new));
    var _ = write("b/Cargo.lock", "stored", "1.0.0");
    scene.start();
    int before = scene.indexRequests();

    scene.round();

    assertThat(scene.indexRequests() - before).isBetween(250, 350);
    assertThat(scene.status().reply().gap()).isFalse();

    rounds(2);

    // The unknown crates, and the stored one.
    assertThat(scene.indexRequests()).isEqualTo(before + 701);
    assertThat(seen()).hasSize(2);
  }

  @Test
  void aHostThatDoesNotAnswerIsRequestedOnceInALook() throws InterruptedException {
    watch(
        "http://127.0.0.1:1/a/Cargo.lock",
        "http://127.0.0.1:1/b/Cargo.lock",
        address("/other/Cargo.lock"),
        address("/main/Cargo.lock"));
    served = LockfileSample.text("alpha", "1.0.0");
    var _ = scene.publish("alpha", "1.0.0");
    scene.start();
    scene.round();

    assertThat(scene.status().reply().trouble()).contains("not read: 2");
    // A feed, the dump, three lockfiles, and an unknown crate.
    assertThat(scene.status().counts().requests()).isEqualTo(6);
  }

  @Test
  void otherResponsesOfAnAddressAreReported() throws InterruptedException {
    watch(address("/main/Cargo.lock"));
    served = Bytes.of("<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
    scene.start();

    scene.round();

    assertThat(seen()).isEmpty();
    assertThat(scene.status().reply().trouble()).contains("not read: 1");
  }
}
