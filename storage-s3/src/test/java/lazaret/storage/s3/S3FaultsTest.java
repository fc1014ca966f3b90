package lazaret.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.objects.ObjectStoreSettings;
import lazaret.testkit.RecordedRequest;
import lazaret.testkit.RequestNumber;
import lazaret.testkit.objects.FaultyObjectProxy;
import lazaret.testkit.objects.MemoryBucket;
import lazaret.testkit.objects.ObjectFault;
import lazaret.testkit.wire.Hold;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults of a store and of the network before it, as the client handles them.
class S3FaultsTest {
  private static final ObjectKey KEY = new ObjectKey("objects/ab/one.1");
  private static final String PATH = "/bucket/objects/ab/one.1";
  private static final String SECRET = "the-secret-of-this-test";
  private static final Bytes BYTES = random(100_000);

  private final MemoryBucket bucket = MemoryBucket.start();
  private final FaultyObjectProxy proxy = FaultyObjectProxy.before(bucket.port());

  @TempDir Path folder;

  @BeforeEach
  void fill() {
    bucket.objects().put(KEY.name(), BYTES);
  }

  @AfterEach
  void stop() {
    proxy.close();
    bucket.close();
  }

  private static Bytes random(int length) {
    byte[] data = new byte[length];
    new Random(7).nextBytes(data);
    return Bytes.of(data);
  }

  private ObjectStore open(Duration timeout) {
    return ObjectStore.find()
        .orElseThrow()
        .open(
            new ObjectStoreSettings(
                URI.create("http://127.0.0.1:" + proxy.port()),
                "us-east-1",
                MemoryBucket.NAME,
                "",
                true,
                ObjectServer.credentials(folder, "id", SECRET),
                timeout));
  }

  private ObjectStore open() {
    return open(Duration.ofSeconds(10));
  }

  @Test
  void sendsPlainRequestsThatEveryStoreAccepts() throws Exception {
    try (ObjectStore store = open()) {
      store.put(KEY, BYTES);
      assertThat(store.get(KEY, BYTES.length())).contains(BYTES);
    }

    RecordedRequest put = proxy.requests("PUT", PATH).getFirst();
    assertThat(put.header("content-length")).contains("100000");
    assertThat(put.header("x-amz-content-sha256")).contains(Sha256.of(BYTES).hex());
    assertThat(put.header("authorization").orElse("")).startsWith("AWS4-HMAC-SHA256 ");
    for (RecordedRequest request : proxy.requests()) {
      assertThat(request.headers().keySet())
          .as("%s %s", request.method(), request.target())
          .doesNotContain("transfer-encoding", "content-encoding", "expect")
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("checksum"));
    }
  }

  @Test
  void repeatsRequestsAfterAnOverload() throws Exception {
    proxy.script("PUT", PATH, RequestNumber.first(2), ObjectFault.overloaded());
    proxy.script("GET", PATH, RequestNumber.first(2), new ObjectFault.Refuse(500, "Internal"));
    proxy.script("DELETE", PATH, RequestNumber.first(2), ObjectFault.overloaded());
    // Of the two forms of the path, the client has one.
    proxy.script("GET", "/bucket", RequestNumber.first(2), ObjectFault.overloaded());
    proxy.script("GET", "/bucket/", RequestNumber.first(2), ObjectFault.overloaded());
    try (ObjectStore store = open()) {
      store.put(KEY, BYTES);
      assertThat(store.get(KEY, BYTES.length())).contains(BYTES);
      assertThat(store.list("objects/", "")).containsExactly(KEY);
      store.delete(KEY);
    }

    assertThat(bucket.objects()).isEmpty();
    assertThat(proxy.requests()).hasSize(12);
  }

  @Test
  void givesUpAfterThreeAttempts() {
    proxy.script("GET", PATH, ObjectFault.overloaded());
    try (ObjectStore store = open()) {
      assertThatThrownBy(() -> store.get(KEY, BYTES.length()))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageStartingWith("cannot read object 'objects/ab/one.1' in 'http://127.0.0.1:")
          .hasMessageContaining("/bucket/': status 503 SlowDown in attempt 3 of 3")
          .hasMessageNotContaining(SECRET);
    }

    assertThat(proxy.requests()).hasSize(3);
  }

  @Test
  void doesNotRepeatWhatIsRefused() {
    proxy.script("PUT", PATH, new ObjectFault.Refuse(403, "AccessDenied"));
    try (ObjectStore store = open()) {
      assertThatThrownBy(() -> store.put(KEY, BYTES))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("status 403 AccessDenied in attempt 1 of 3");
    }

    assertThat(proxy.requests()).hasSize(1);
  }

  /// A person edits the file while the server runs.
  @Test
  void aMalformedCredentialsFileIsAFailureWithoutItsText() throws Exception {
    Path file = ObjectServer.credentials(folder, "id", SECRET);
    Files.writeString(file, "[default\naws_secret_access_key " + SECRET + "\n");
    try (ObjectStore store =
        ObjectStore.find()
            .orElseThrow()
            .open(
                new ObjectStoreSettings(
                    URI.create("http://127.0.0.1:" + proxy.port()),
                    "us-east-1",
                    MemoryBucket.NAME,
                    "",
                    true,
                    file,
                    Duration.ofSeconds(10)))) {
      assertThatThrownBy(() -> store.get(KEY, BYTES.length()))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageStartingWith("cannot read object 'objects/ab/one.1' in 'http://127.0.0.1:")
          .hasMessageEndingWith("; look at the file of its credentials")
          .hasMessageNotContaining(SECRET)
          .hasNoCause();
    }
  }

  @Test
  void onlyTheStoreItselfStatesThatAnObjectIsMissing() throws Exception {
    proxy.script("GET", PATH, RequestNumber.only(1), ObjectFault.missing());
    proxy.script("GET", PATH, RequestNumber.only(2), new ObjectFault.Refuse(404, "NoSuchBucket"));
    proxy.script("GET", PATH, RequestNumber.only(3), new ObjectFault.Refuse(404, ""));
    try (ObjectStore store = open()) {
      assertThat(store.get(KEY, BYTES.length())).isEmpty();
      assertThatThrownBy(() -> store.get(KEY, BYTES.length()))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("status 404 NoSuchBucket in attempt 1 of 3");
      assertThatThrownBy(() -> store.get(KEY, BYTES.length()))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("status 404");
    }
  }

  @Test
  void repeatsAnAnswerThatWasCut() throws Exception {
    proxy.script("GET", PATH, RequestNumber.only(1), new ObjectFault.CutReply(0));
    proxy.script("GET", PATH, RequestNumber.only(2), new ObjectFault.CutReply(50_000));
    try (ObjectStore store = open()) {
      assertThat(store.get(KEY, BYTES.length())).contains(BYTES);
      assertThat(proxy.requests()).hasSize(3);

      proxy.script("GET", PATH, new ObjectFault.CutReply(99_999));
      assertThatThrownBy(() -> store.get(KEY, BYTES.length()))
          .isInstanceOf(ObjectStoreException.class);
    }
  }

  /// A whole body is returned as it is, since the caller knows the digest.
  @Test
  void returnsBodiesThatAreOther() throws Exception {
    proxy.script("GET", PATH, RequestNumber.only(1), ObjectFault.halfBody());
    proxy.script("GET", PATH, RequestNumber.only(2), ObjectFault.longerBody());
    proxy.script("GET", PATH, RequestNumber.only(3), ObjectFault.otherByte());
    try (ObjectStore store = open()) {
      assertThat(store.get(KEY, BYTES.length()).orElseThrow().length()).isEqualTo(50_000);
      assertThat(store.get(KEY, BYTES.length()).orElseThrow().length()).isEqualTo(100_001);
      assertThat(store.get(KEY, BYTES.length()).orElseThrow())
          .isNotEqualTo(BYTES)
          .extracting(Bytes::length)
          .isEqualTo(100_000);
    }
  }

  @Test
  void repeatsRequestsWhoseConnectionBreaks() throws Exception {
    bucket.objects().clear();
    proxy.script("PUT", PATH, RequestNumber.only(1), new ObjectFault.LoseRequest());
    proxy.script("PUT", PATH, RequestNumber.only(2), new ObjectFault.LoseReply());
    try (ObjectStore store = open()) {
      store.put(KEY, BYTES);
    }

    assertThat(bucket.objects()).containsEntry(KEY.name(), BYTES);
    assertThat(proxy.requests("PUT", PATH)).hasSize(3);
  }

  @Test
  void failsSoonWithoutAStore() {
    proxy.close();
    try (ObjectStore store = open()) {
      long begun = System.nanoTime();
      assertThatThrownBy(() -> store.get(KEY, 10)).isInstanceOf(ObjectStoreException.class);
      assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(ObjectStoreException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void endsARequestWithoutAnAnswer() {
    proxy.script("GET", PATH, new ObjectFault.Delay(Duration.ofSeconds(60)));
    assertEnds(Duration.ofMillis(300));
  }

  /// Each byte comes before the limit of a wait, and the whole after the limit of a request.
  @Test
  void endsARequestWhoseAnswerDrips() {
    proxy.script("GET", PATH, new ObjectFault.Drip(100, Duration.ofMillis(100)));
    assertEnds(Duration.ofMillis(500));
  }

  private void assertEnds(Duration timeout) {
    try (ObjectStore store = open(timeout)) {
      long begun = System.nanoTime();
      assertThatThrownBy(() -> store.get(KEY, BYTES.length()))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("in attempt 3 of 3");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() throws Exception {
    Hold hold = new Hold();
    proxy.script("GET", PATH, new ObjectFault.HoldReply(hold));
    try (ObjectStore store = open()) {
      AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      store.get(KEY, BYTES.length());
                    } catch (ObjectStoreException e) {
                      thrown.set(e);
                    }
                    interrupted.set(Thread.currentThread().isInterrupted());
                  });
      hold.awaitReached();
      reader.interrupt();
      assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
      hold.release();

      assertThat(thrown.get()).isInstanceOf(ObjectStoreException.class);
      assertThat(interrupted).isTrue();
    }
  }

  /// A request that hangs after its effect does not keep later ones from theirs.
  @Test
  void aHeldRequestDelaysNoOther() throws Exception {
    Hold hold = new Hold();
    proxy.script("PUT", PATH, new ObjectFault.HoldRequest(hold));
    try (ObjectStore store = open()) {
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      store.put(KEY, BYTES);
                    } catch (ObjectStoreException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      hold.awaitReached();
      ObjectKey other = new ObjectKey("objects/ab/two.2");
      store.put(other, BYTES);
      assertThat(store.get(other, BYTES.length())).contains(BYTES);
      hold.release();
      assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
    }
  }
}
