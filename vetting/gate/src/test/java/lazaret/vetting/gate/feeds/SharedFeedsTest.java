package lazaret.vetting.gate.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Feeds of two nodes, neither of which learns of the changes of the other by itself.
class SharedFeedsTest {
  private final SharedMemory memory = new SharedMemory();
  private final GateFixture one = new GateFixture(new SnapshotViewStore(memory.node("one")));
  private final GateFixture two = new GateFixture(new SnapshotViewStore(memory.node("two")));

  @AfterEach
  void close() {
    try {
      one.close();
    } finally {
      two.close();
    }
  }

  private static FeedUpdateReport take(GateFixture gate, String name, int records) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < records; i++) {
      text.append(
          "[[advisory]]\nid = \"%s-%d\"\nreason = \"r\"\ncrate = \"c\"\n".formatted(name, i));
    }
    var source = new FeedSource(name, FeedFormat.LOCAL, "test", GateFixture.START);
    return gate.desk
        .feeds()
        .accept(
            new FeedService.FeedDelivery(source, Validators.NONE, false, "test"),
            Bytes.utf8(text.toString()));
  }

  private static int records(GateFixture gate, String name) {
    return gate.rules
        .current()
        .advisories()
        .feed(name)
        .map(feed -> feed.info().records())
        .orElse(0);
  }

  /// Returns a store whose first read of feeds ends when a latch opens, or after a while.
  private static Store slow(Store inner, CountDownLatch begun, CountDownLatch goOn) {
    AtomicBoolean first = new AtomicBoolean(true);
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              try {
                Object found = method.invoke(inner, arguments);
                if (method.getName().equals("feeds") && first.getAndSet(false)) {
                  begun.countDown();
                  boolean _ = goOn.await(1, TimeUnit.SECONDS);
                }
                return found;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aReadThatEndsLateDoesNotReplaceALaterOne() throws Exception {
    assertThat(take(one, "names", 1)).isInstanceOf(FeedUpdateReport.Accepted.class);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Store slow = slow(two.store, begun, goOn);
    FutureTask<Boolean> late =
        new FutureTask<>(
            () -> {
              FeedService.load(slow, two.rules);
              return true;
            });
    Thread _ = Thread.ofVirtual().start(late);
    begun.await();

    assertThat(take(one, "names", 2)).isInstanceOf(FeedUpdateReport.Accepted.class);
    FeedService.load(two.store, two.rules);
    goOn.countDown();

    assertThat(late.get()).isTrue();
    assertThat(records(two, "names")).isEqualTo(2);
  }

  @Test
  void anImportKeepsTheFeedsOfOtherNodes() {
    assertThat(take(one, "names", 1)).isInstanceOf(FeedUpdateReport.Accepted.class);

    assertThat(take(two, "others", 1)).isInstanceOf(FeedUpdateReport.Accepted.class);

    assertThat(records(two, "names")).isEqualTo(1);
    assertThat(records(two, "others")).isEqualTo(1);
  }

  @Test
  void aConfirmationPutsTheFeedsOfOtherNodesInForce() {
    assertThat(take(one, "names", 1)).isInstanceOf(FeedUpdateReport.Accepted.class);

    two.desk.feeds().confirm("names");

    assertThat(records(two, "names")).isEqualTo(1);
  }

  @Test
  void aFeedOfAnotherNodeCanBeRemoved() {
    assertThat(take(one, "names", 1)).isInstanceOf(FeedUpdateReport.Accepted.class);

    assertThat(two.desk.feeds().remove("names", "ann")).isPresent();

    assertThat(two.store.feeds()).isEmpty();
  }
}
