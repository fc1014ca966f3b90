package lazaret.storage.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;

/// The comparison of a store with the commits that processes acknowledged before they were killed.
public final class CrashCheck {
  private final int writers;

  /// The output of the processes before they were killed: acknowledged decisions, by sequence.
  private final Map<Long, String> acknowledged = new TreeMap<>();

  /// Begins with an empty store.
  ///
  /// @param writers the number of writers of each process
  public CrashCheck(int writers) {
    this.writers = writers;
  }

  /// Kills a process that runs [CrashWrites#run] at a random instant.
  public void kill(Process child, SplittableRandom random)
      throws IOException, InterruptedException {
    // By its handle: Process#destroyForcibly would close the stream that is still read here.
    end(child, random, () -> child.toHandle().destroyForcibly());
  }

  /// Ends a process that runs [CrashWrites#run] at a random instant.
  ///
  /// @param end ends the process and leaves its output open
  public void end(Process child, SplittableRandom random, Runnable end)
      throws IOException, InterruptedException {
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      int wanted = 1 + random.nextInt(150);
      for (int i = 0; i < wanted; i++) {
        acknowledge(lines.readLine());
      }
      LockSupport.parkNanos(random.nextInt(3_000_000));
      end.run();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // The last line may be torn; it does not count then.
        if (line.split(" ", -1).length == 4 && line.startsWith("ack ")) {
          acknowledge(line);
        }
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void acknowledge(String line) {
    assertThat(line).as("the child ended by itself").isNotNull();
    String[] parts = line.split(" ", -1);
    acknowledged.put(Long.parseLong(parts[1]), parts[2] + "-" + parts[3]);
  }

  /// Checks that no acknowledged commit is missing, and that none is there in part.
  ///
  /// @return the lowest number that no writer has used
  public int check(Store store, String round) {
    assertThat(store.condition().faults()).as(round).isEmpty();
    Map<Long, String> found = new TreeMap<>();
    int[] counts = new int[writers];
    int[] last = new int[writers];
    Sha256 previous = LedgerEntry.GENESIS;
    Set<Sha256> artifacts = new HashSet<>();
    for (LedgerEntry entry : all(store.ledger(0))) {
      assertThat(entry.intact() && entry.previous().equals(previous)).as(round).isTrue();
      assertThat(entry.sequence()).as(round).isEqualTo(found.size() + 1L);
      previous = entry.hash();
      Decision decision = (Decision) entry.event();
      int writer = Integer.parseInt(decision.id().name().published().substring(6));
      int number = (int) decision.id().version().patch();
      found.put(entry.sequence(), writer + "-" + number);
      counts[writer]++;
      last[writer] = number;
      Sha256 cksum = CrashWrites.artifact(writer, number).id().cksum();
      artifacts.add(cksum);
      assertThat(store.meta(writer + "-" + number)).as(round).isPresent();
      assertThat(store.artifact(cksum).map(Sha256::of)).as(round).contains(cksum);
    }
    assertThat(found).as(round + ": acknowledged").containsAllEntriesOf(acknowledged);
    // All rows follow from entries of the ledger: no batch is stored in part.
    assertThat(all(store.artifacts())).as(round).hasSize(artifacts.size());
    assertThat(all(store.lockfiles())).as(round).hasSize(artifacts.size());
    assertThat(all(store.artifactUses())).as(round).hasSize(artifacts.size());
    for (int writer = 0; writer < writers; writer++) {
      checkWriter(store, writer, counts[writer], last[writer]);
    }
    assertThat(store.checkEngine()).as(round).isEmpty();
    return Arrays.stream(last).max().orElse(0) + 1;
  }

  private static void checkWriter(Store store, int writer, int count, int last) {
    var name = StoreSamples.name(CrashWrites.crate(writer));
    assertThat(store.decisions(name)).hasSize(count);
    assertThat(store.verdicts(name)).hasSize(count);
    if (count > 0) {
      assertThat(store.view(name)).contains(StoreSamples.view(last + "\n"));
      assertThat(all(store.accesses()))
          .filteredOn(access -> access.id().name().equals(name))
          .extracting(DownloadRecord::count)
          .containsExactly((long) count);
    }
  }

  private static <T> List<T> all(Stream<T> stream) {
    try (stream) {
      return stream.toList();
    }
  }
}
