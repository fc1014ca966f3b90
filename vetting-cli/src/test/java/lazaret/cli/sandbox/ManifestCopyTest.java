package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCopyTest {
  @TempDir Path folder;

  @Test
  void manifestsAreCopiedAndOfSourcesThatTheyAreThere() throws IOException {
    Path from = folder.resolve("from");
    for (String file :
        new String[] {
          "Cargo.toml",
          "Cargo.lock",
          "build.rs",
          "src/main.rs",
          "member/Cargo.toml",
          "member/src/lib.rs",
          ".env",
          ".cargo/config.toml",
          ".git/config",
          "target/CACHEDIR.TAG",
          "target/debug/main.rs",
          "data.bin"
        }) {
      Path path = from.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
    Files.writeString(folder.resolve("secret.rs"), "secret");
    Files.createSymbolicLink(from.resolve("src/link.rs"), folder.resolve("secret.rs"));
    Files.createSymbolicLink(from.resolve("linked"), folder);

    Path to = folder.resolve("to");
    ManifestCopy.copy(from, to);

    assertThat(files(to))
        .isEqualTo(
            Map.of(
                "Cargo.toml", "Cargo.toml",
                "Cargo.lock", "Cargo.lock",
                "build.rs", "",
                "src/main.rs", "",
                "member/Cargo.toml", "member/Cargo.toml",
                "member/src/lib.rs", ""));
  }

  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        found.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return found;
  }
}
