package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A name that becomes private while its index file is requested.
class NameOriginChangeTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  /// The name was public when the refresh began. The file is that of the private registry, since
  /// the name is private when it is requested.
  @Test
  void aFileOfThePrivateRegistryItselfIsNoAlarm() throws ExecutionException, InterruptedException {
    CrateId id = station.publish("alpha", "1.0.0", 100);
    station.upstream.delay = Duration.ofMillis(500);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> file = threads.submit(() -> station.index("alpha"));
      while (station.upstream.indexRequests.get() == 0 && !file.isDone()) {
        Thread.sleep(1);
      }
      station.upstream.privates.add("alpha");

      assertThat(file.get()).contains(id.cksum().hex());
    }

    assertThat(station.notices()).doesNotContain(Notice.Kind.PRIVATE_NAME_PUBLIC);
  }
}
