package lazaret.storage.rocks.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.gate.store.StoreFault;

/// The record of data that a repair could not restore, in a file of the data folder. The store
/// withholds everything until a person accepts the loss.
public final class LostRows {
  /// The name of the file.
  public static final String FILE = "lazaret-lost";

  private static final System.Logger LOG = System.getLogger(LostRows.class.getName());
  private static final int MAX_BYTES = 1 << 20;

  private LostRows() {}

  /// Adds clauses to the record.
  public static void add(Path folder, List<String> lost) throws IOException {
    if (lost.isEmpty()) {
      return;
    }
    Path file = folder.resolve(FILE);
    String before = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    Files.deleteIfExists(file);
    PrivateFiles.write(file, before + String.join("\n", lost) + "\n");
  }

  /// Returns the recorded losses as faults.
  public static List<StoreFault> in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      if (Files.size(file) > MAX_BYTES) {
        return List.of(new StoreFault.RowsLost("more than can be listed"));
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .<StoreFault>map(StoreFault.RowsLost::new)
          .toList();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "record of lost rows not read", e);
      return List.of(new StoreFault.RowsLost("a record that cannot be read"));
    }
  }

  /// Removes the record, because a person accepted it.
  public static void accepted(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
      PrivateFiles.syncFolder(folder);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "record of lost rows not removed", e);
    }
  }
}
