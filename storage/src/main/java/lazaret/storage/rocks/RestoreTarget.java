package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.storage.files.DataFolderFiles;
import lazaret.vetting.MalformedException;

/// The folder into which the caller restores a backup. A folder with contents is a mistake of the
/// caller: a repetition of the call cannot succeed.
final class RestoreTarget {
  private RestoreTarget() {}

  /// Checks that a folder is new, empty, or left by an interrupted restore.
  ///
  /// @throws MalformedException if it is not
  static void check(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw unsuitable(folder, "it is not a folder; name an empty or a new one");
    }
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve(DataFolder.RESTORING))) {
      return;
    }
    if (Files.exists(folder.resolve(DataFolderFiles.MARKER))
        || OpenDatabase.exists(folder.resolve(DataFolder.DATABASE))) {
      throw unsuitable(folder, "it holds a store already; restore into an empty or a new folder");
    }
    List<String> foreign = foreign(folder);
    if (!foreign.isEmpty()) {
      throw unsuitable(
          folder,
          "it holds " + String.join(", ", foreign) + "; restore into an empty or a new folder");
    }
  }

  private static List<String> foreign(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !DataFolder.OURS.contains(name))
          .sorted()
          .limit(3)
          .toList();
    } catch (IOException _) {
      // The claim that follows reports why the folder cannot be read.
      return List.of();
    }
  }

  private static MalformedException unsuitable(Path folder, String why) {
    return new MalformedException("cannot restore into '" + folder + "': " + why);
  }
}
