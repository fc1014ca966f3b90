package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleCollectionTest {
  private static final int GARBAGE = 64 << 20;

  private final AtomicLong requests = new AtomicLong();
  private final IdleCollection collection = new IdleCollection(requests::get);

  @Test
  void anIdleServerCollectsOnce() {
    var garbage = new WeakReference<>(new byte[GARBAGE]);
    boolean collected = collection.look();

    assertThat(garbage.refersTo(null)).isTrue();
    assertThat(collected).isTrue();
    assertThat(collection.look()).isFalse();
  }

  @Test
  void aCollectionIsNotSoonFollowedByAnother() {
    byte[] first = new byte[GARBAGE];
    assertThat(collection.look()).isTrue();
    byte[] second = new byte[GARBAGE];

    for (int i = 0; i < IdleCollection.PAUSE; i++) {
      assertThat(collection.look()).isFalse();
    }

    assertThat(collection.look()).isTrue();
    assertThat(first).hasSameSizeAs(second);
  }

  @Test
  void aBusyServerCollectsWhenFewRequestsArrive() {
    byte[] held = new byte[GARBAGE];
    requests.addAndGet(1_000);
    assertThat(collection.look()).isFalse();
    requests.addAndGet(6);
    assertThat(collection.look()).isFalse();
    requests.addAndGet(5);
    assertThat(collection.look()).isTrue();
    assertThat(held).hasSize(GARBAGE);
  }
}
