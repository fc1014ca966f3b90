package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.origin.NameOrigin;
import org.junit.jupiter.api.Test;

/// Each change of a private crate is killed at each of its calls of the store. After the next start
/// it is there as a whole, or not at all.
class HostedKillTest {
  /// The end of the process.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed by the test", null, false, false);
    }
  }

  /// Returns a store whose process ends at a call: that one and all later ones do nothing.
  private static Store killed(Store store, AtomicInteger left) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (left.get() != Integer.MAX_VALUE
                  && left.updateAndGet(n -> Math.max(0, n - 1)) == 0) {
                throw new Killed();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// Kills a change at each call and checks what the next process finds.
  ///
  /// @return the number of calls
  private static int killEach(
      Consumer<HostingFixture> before,
      Consumer<HostingFixture> change,
      Consumer<HostingFixture> check) {
    for (int call = 1; ; call++) {
      Store store = new SnapshotViewStore(new InMemoryStore());
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      // Not closed: its process ends.
      HostingFixture first = new HostingFixture(killed(store, left));
      before.accept(first);
      left.set(call);
      boolean died = false;
      try {
        change.accept(first);
      } catch (Killed _) {
        died = true;
      }
      try (HostingFixture next = new HostingFixture(store)) {
        check.accept(next);
      }
      if (!died) {
        return call;
      }
    }
  }

  private static void published(HostingFixture fixture, String version) {
    assertThat(fixture.publish(ADA, crate("acme-core", version))).isInstanceOf(Accepted.class);
  }

  private static void isWholeOrAbsent(HostingFixture next) {
    CrateId id = crate("acme-core", "1.0.0").id();
    boolean listed = next.index("acme-core").contains(id.cksum().hex());
    boolean stored = next.store.hasArtifact(id.cksum());
    boolean owned = next.owners.find(id.name()).isPresent();
    assertThat(stored).isEqualTo(listed);
    assertThat(owned).isEqualTo(listed);
    assertThat(next.origins.of(id.name()))
        .isEqualTo(listed ? NameOrigin.PRIVATE : NameOrigin.RESERVED);
    assertThat(next.hosted.rows().versions(id.name())).hasSize(listed ? 1 : 0);
    if (listed) {
      assertThat(next.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    } else {
      published(next, "1.0.0");
    }
  }

  @Test
  void theFirstVersionIsWholeOrAbsent() {
    assertThat(
            killEach(
                _ -> {}, fixture -> published(fixture, "1.0.0"), HostedKillTest::isWholeOrAbsent))
        .isGreaterThan(5);
  }

  @Test
  void aDeletionIsWholeOrAbsent() {
    CrateId id = crate("acme-core", "1.0.0").id();
    int calls =
        killEach(
            fixture -> published(fixture, "1.0.0"),
            fixture ->
                assertThat(
                        fixture.hosted.changes().delete(ADA, id.name(), id.version(), "a mistake"))
                    .isPresent(),
            next -> {
              boolean stored = next.store.hasArtifact(id.cksum());
              assertThat(next.index("acme-core")).contains("\"yanked\":" + !stored);
              assertThat(next.store.decisions(id.name())).hasSize(stored ? 0 : 1);
              if (stored) {
                assertThat(next.download(id)).isInstanceOf(DownloadOutcome.Served.class);
              } else {
                assertThat(next.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
              }
            });
    assertThat(calls).isGreaterThan(3);
  }

  @Test
  void aYankIsWholeOrAbsent() {
    CrateId id = crate("acme-core", "1.0.0").id();
    int calls =
        killEach(
            fixture -> published(fixture, "1.0.0"),
            fixture -> {
              PublishResult _ = fixture.yank(ADA, "acme-core", "1.0.0", true);
            },
            next -> {
              boolean row =
                  next.hosted
                      .rows()
                      .versions(id.name())
                      .getFirst()
                      .indexLine()
                      .text()
                      .contains("\"yanked\":true");
              assertThat(next.index("acme-core")).contains("\"yanked\":" + row);
            });
    assertThat(calls).isGreaterThan(3);
  }

  @Test
  void aStoreWithoutSpaceRefusesAndTheNameStaysFree() {
    Store store = new SnapshotViewStore(new InMemoryStore());
    AtomicInteger refusals = new AtomicInteger();
    Store full =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("commit") && refusals.get() > 0) {
                    throw new StoreException(ErrorCode.DISK_FULL, "no space", null);
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try (HostingFixture fixture = new HostingFixture(full)) {
      refusals.set(1);
      assertThat(fixture.publish(ADA, crate("solo-crate", "1.0.0")))
          .isInstanceOfSatisfying(
              PublishResult.Refused.class,
              refused -> assertThat(refused.cause()).isEqualTo(PublishResult.Cause.UNAVAILABLE));
      refusals.set(0);
      assertThat(fixture.index("solo-crate")).startsWith("404");
      assertThat(fixture.publish(ADA, crate("solo-crate", "1.0.0"))).isInstanceOf(Accepted.class);
    }
  }
}
