package lazaret.sandbox.cargo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The platforms for which a command needs crates. A lockfile names the crates of all platforms.
public final class TargetPlatforms {
  /// The cargo commands that need all crates of a lockfile.
  private static final Set<String> LOOKING = Set.of("metadata", "tree");

  private TargetPlatforms() {}

  /// Returns the targets that a cargo command builds for, including the platform of the machine.
  /// The list is empty if the command needs the crates of all platforms, or if the platform of the
  /// machine is unknown.
  ///
  /// @param words the words of the command, `cargo` first; empty for a fetch alone, which is for
  ///   the machine
  public static List<String> of(List<String> words, RustToolchain toolchain) {
    Optional<String> own = own(toolchain.sysroot().resolve("lib/rustlib"));
    if (own.isEmpty() || (words.size() > 1 && LOOKING.contains(words.get(1)))) {
      return List.of();
    }
    Set<String> all = new TreeSet<>(Set.of(own.get()));
    int end = words.contains("--") ? words.indexOf("--") : words.size();
    for (int i = 0; i < end; i++) {
      String word = words.get(i);
      if (word.startsWith("--target=")) {
        all.add(word.substring("--target=".length()));
      } else if (word.equals("--target") && i + 1 < end) {
        all.add(words.get(i + 1));
      }
    }
    return List.copyOf(all);
  }

  /// Returns the platform of the compiler: the only one with a folder of tools in addition to the
  /// library.
  private static Optional<String> own(Path rustlib) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(rustlib)) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder.resolve("lib")) && Files.isDirectory(folder.resolve("bin"))) {
          found.add(folder.getFileName().toString());
        }
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
