package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenSslSha256Test {
  private final Random random = new Random(11);
  private MessageDigest digest = ofJdk();

  @BeforeEach
  void load() {
    var loaded = OpenSslSha256.load();
    assumeThat(loaded).as("OpenSSL 3 of the system").isPresent();
    digest = loaded.orElseThrow();
  }

  private static MessageDigest ofJdk() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] data(int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    return data;
  }

  @Test
  void computesWhatTheJdkComputes() {
    for (int length = 0; length < 300; length++) {
      byte[] data = data(length);
      assertThat(digest.digest(data)).as("%d bytes", length).isEqualTo(ofJdk().digest(data));
    }
    for (int length : new int[] {1 << 18, (1 << 18) + 1, (1 << 20) + 63, 5_000_000}) {
      byte[] data = data(length);
      assertThat(digest.digest(data)).as("%d bytes", length).isEqualTo(ofJdk().digest(data));
    }
  }

  @Test
  void takesBytesInPiecesOfAnyKind() {
    byte[] data = data(700_000);
    int at = 0;
    while (at < data.length) {
      int length = Math.min(random.nextInt(90_000), data.length - at);
      switch (random.nextInt(4)) {
        case 0 -> digest.update(data, at, length);
        case 1 -> digest.update(ByteBuffer.wrap(data, at, length).asReadOnlyBuffer());
        case 2 -> digest.update(ByteBuffer.allocateDirect(length).put(data, at, length).flip());
        default -> {
          length = Math.min(1, length);
          if (length == 1) {
            digest.update(data[at]);
          }
        }
      }
      at += length;
    }

    assertThat(digest.digest()).isEqualTo(ofJdk().digest(data));
  }

  @Test
  void aCopyContinuesOnItsOwn() throws CloneNotSupportedException {
    byte[] data = data(1_000);
    digest.update(data, 0, 500);
    MessageDigest copy = (MessageDigest) digest.clone();
    digest.update(data, 500, 500);
    copy.update((byte) 7);

    assertThat(digest.digest()).isEqualTo(ofJdk().digest(data));
    MessageDigest other = ofJdk();
    other.update(data, 0, 500);
    other.update((byte) 7);
    assertThat(copy.digest()).isEqualTo(other.digest());
  }

  @Test
  void startsAgainAfterADigestAndAReset() {
    digest.update(data(77));
    digest.reset();
    assertThat(digest.digest()).isEqualTo(ofJdk().digest());
    assertThat(digest.digest(new byte[] {1})).isEqualTo(ofJdk().digest(new byte[] {1}));
    assertThat(digest.getDigestLength()).isEqualTo(Sha256.LENGTH);
  }

  @Test
  void refusesARangeOutsideOfTheArray() {
    byte[] data = new byte[10];
    assertThatThrownBy(() -> digest.update(data, 5, 6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> digest.update(data, Integer.MAX_VALUE, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void threadsWithADigestEachDoNotDisturbOneAnother() throws Exception {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] data = data(100_000 + i);
      MessageDigest own = (MessageDigest) digest.clone();
      work.add(
          () -> {
            boolean equal = true;
            for (int round = 0; round < 50; round++) {
              equal &= MessageDigest.isEqual(own.digest(data), ofJdk().digest(data));
            }
            return equal;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> each : threads.invokeAll(work)) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  @Test
  void aSystemWithoutTheLibraryOrItsFunctionsHasNone() {
    assertThat(OpenSslSha256.load("liblazaret-none.so.3")).isEmpty();
    assertThat(OpenSslSha256.load("libc.so.6")).isEmpty();
  }
}
