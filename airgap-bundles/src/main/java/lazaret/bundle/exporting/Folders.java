package lazaret.bundle.exporting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;

/// Operations on folders and files that are written completely or not at all.
final class Folders {
  private Folders() {}

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  static void write(Path file, Bytes content) throws IOException {
    Files.write(file, content.array(), StandardOpenOption.CREATE_NEW);
    sync(file, StandardOpenOption.WRITE);
  }

  /// Syncs the entries of a folder to disk.
  static void sync(Path folder) throws IOException {
    sync(folder, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
