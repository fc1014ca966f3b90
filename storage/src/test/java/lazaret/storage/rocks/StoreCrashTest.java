package lazaret.storage.rocks;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import lazaret.storage.crash.CrashCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed at a random instant during commits.
class StoreCrashTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS =
      Integer.getInteger("lazaret.crash.rounds", ChildJvm.all() ? 200 : 5);

  /// With `lazaret.all`, two hundred kills also never look like a loss.
  @Test
  void losesNoAcknowledgedCommitAndTearsNone(@TempDir Path folder) throws Exception {
    var random = new SplittableRandom(20261124);
    var check = new CrashCheck(WRITERS);
    Path data = folder.resolve("data");
    int first = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      check.kill(
          ChildJvm.start(
              List.of(), CrashChild.class, data.toString(), "" + WRITERS, "" + first, "1000000"),
          random);
      try (RocksStore store = CrashChild.open(data)) {
        first = check.check(store, "round " + round);
      }
    }
  }
}
