package lazaret.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder in which git works, and its way to the servers.
///
/// @param program the absolute path of the program
/// @param folder the folder in which repositories are fetched, one at a time; created at need
/// @param proxy returns the address of the proxy for a host; empty to connect directly
/// @param authorities PEM files of authorities to trust, all of them; empty for those of the system
public record GitPlace(
    Path program, Path folder, Function<String, Optional<URI>> proxy, List<Path> authorities) {
  /// The program of Debian.
  public static final Path PROGRAM = Path.of("/usr/bin/git");

  /// The authorities of the system, as Debian has them.
  public static final Path SYSTEM_AUTHORITIES = Path.of("/etc/ssl/certs/ca-certificates.crt");

  /// Copies the list.
  public GitPlace {
    authorities = List.copyOf(authorities);
  }

  /// Returns one file with all authorities, since git reads one; empty for those of the system.
  ///
  /// @param work a folder for the file
  /// @throws IOException if a file cannot be read or written
  Optional<Path> authoritiesIn(Path work) throws IOException {
    if (authorities.size() < 2) {
      return authorities.stream().findFirst();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Path each : authorities) {
      all.writeBytes(Files.readAllBytes(each));
      all.write('\n');
    }
    return Optional.of(Files.write(work.resolve("authorities.pem"), all.toByteArray()));
  }

  /// Creates an empty folder, and deletes what a killed process left. One fetch runs at a time.
  ///
  /// @throws IOException if it cannot be created
  Path newFolder() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> left = Files.list(folder)) {
      for (Path each : left.toList()) {
        delete(each);
      }
    }
    return Files.createTempDirectory(folder, "git-");
  }

  /// Deletes a folder with its content. Links are deleted and not followed.
  ///
  /// @throws IOException if something cannot be deleted
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
