package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writes that fail for another reason than a full disk: here the kernel limits files of the
/// process to a few bytes. RocksDB does not recover from that by itself.
class FailingWritesTest {
  @Test
  void readsOnAndWritesAgainOnceWritingWorks(@TempDir Path folder) throws Exception {
    assumeTrue(ChildJvm.all(), "takes half a minute: only with -Dlazaret.all=true");
    Process child =
        ChildJvm.start(List.of(), FailingWritesChild.class, folder.resolve("data").toString());
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      acknowledged.add(until(lines, "ok "));
      assumeTrue(limit(child, "1:unlimited"), "prlimit is missing");
      assertThat(until(lines, "store-failed")).isEqualTo("store-failed head true");
      limit(child, "unlimited:unlimited");
      acknowledged.add(until(lines, "ok "));
      child.toHandle().destroyForcibly();
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    long last = Long.parseLong(acknowledged.getLast().substring("ok ".length()));
    try (RocksStore store = CrashChild.open(folder.resolve("data"));
        Stream<LedgerEntry> ledger = store.ledger(0)) {
      List<LedgerEntry> all = ledger.toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo((int) last).allMatch(LedgerEntry::intact);
      for (int i = 1; i < all.size(); i++) {
        assertThat(all.get(i).previous()).isEqualTo(all.get(i - 1).hash());
        assertThat(all.get(i).event()).isEqualTo(StoreSamples.notice("x"));
      }
    }
  }

  private static boolean limit(Process child, String bytes)
      throws IOException, InterruptedException {
    return new ProcessBuilder("prlimit", "--pid", "" + child.pid(), "--fsize=" + bytes)
            .redirectErrorStream(true)
            .start()
            .waitFor()
        == 0;
  }

  /// Reads up to the first line with a prefix, for at most 40 seconds.
  private static String until(BufferedReader lines, String begin) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (true) {
      String line = lines.readLine();
      assertThat(line).as("the child ended").isNotNull();
      if (line.startsWith(begin)) {
        return line;
      }
      assertThat(System.nanoTime()).as("still " + line).isLessThan(end);
    }
  }
}
