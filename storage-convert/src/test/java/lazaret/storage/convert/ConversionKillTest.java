package lazaret.storage.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import lazaret.storage.rocks.ChildJvm;
import lazaret.vetting.gate.store.ConversionState;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that are killed while they convert a store, each of which continues the one before.
@Tag("ci")
class ConversionKillTest {
  private static final int ROUNDS = ChildJvm.all() ? 20 : 2;

  /// Kills of one conversion, after which it is left alone.
  private static final int KILLS = 12;

  @TempDir Path folder;

  @Test
  void continuesAfterEachKill() throws Exception {
    String source = folder.resolve("source").toString();
    try (Store store = ConversionChild.open(source)) {
      ConversionSamples.fill(store);
    }
    var random = new SplittableRandom(20261124);
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String target = folder.resolve("target-" + round).toString();
      for (int kill = 0; kill < KILLS && !isComplete(target); kill++) {
        killed += isKilled(source, target, random.nextInt(200, 1_500)) ? 1 : 0;
      }
      if (!isComplete(target)) {
        Process last = ChildJvm.start(List.of(), ConversionChild.class, source, target);
        assertThat(last.waitFor()).isZero();
      }
      try (Store before = ConversionChild.open(source);
          Store after = ConversionChild.open(target)) {
        StoreConversionTest.requireEqual(before, after);
      }
    }
    assertThat(killed).isPositive();
  }

  private static boolean isKilled(String source, String target, int millis) throws Exception {
    Process child = ChildJvm.start(List.of(), ConversionChild.class, source, target);
    if (child.waitFor(millis, TimeUnit.MILLISECONDS)) {
      assertThat(child.exitValue()).isZero();
      return false;
    }
    Process _ = child.destroyForcibly();
    int _ = child.waitFor();
    return true;
  }

  private static boolean isComplete(String target) {
    try (Store store = ConversionChild.open(target)) {
      return ConversionState.read(store).filter(ConversionState::isComplete).isPresent();
    }
  }
}
