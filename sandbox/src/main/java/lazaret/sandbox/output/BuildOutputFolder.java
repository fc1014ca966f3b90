package lazaret.sandbox.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// The output of a build, from which single files are copied. Its content was made by possibly
/// hostile code: links are not followed at any step of a path, and only regular files are opened.
///
/// It must be used after all processes of the build have ended. The JDK cannot open a file without
/// blocking if it was replaced by a pipe meanwhile.
public final class BuildOutputFolder {
  private static final int CHUNK = 1 << 20;
  private static final Set<PosixFilePermission> MOST = PosixFilePermissions.fromString("rwxr-xr-x");

  /// The folders in which cargo stores the second name of a final artifact, relative to it.
  private static final List<String> LINKED = List.of(".", "deps", "examples");

  /// The folder with cargo's records of built units, for each profile.
  private static final Path NOTES = Path.of(".fingerprint");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final long mostBytes;

  /// Creates the view of a target folder.
  ///
  /// @param folder the target folder
  /// @param mostBytes the size of the largest file that is copied, in bytes
  public BuildOutputFolder(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /// Copies one file, and replaces a file of its name in the destination. The permissions of the
  /// copy are at most `rwxr-xr-x`, without the setuid, setgid and sticky bits.
  ///
  /// @param file the path relative to the target folder
  /// @param destination a folder that no build can write
  /// @return the path of the copy
  /// @throws SandboxException of kind `REFUSED` if the file is missing, is not a regular file, has
  ///   hard links outside the target folder, is too large, or cannot be read; of kind `FAILED` if
  ///   it cannot be copied; nothing was written then
  public Path take(Path file, Path destination) {
    if (file.isAbsolute() || !file.equals(file.normalize()) || file.startsWith("..")) {
      throw refused(file, "expected a path below the target folder");
    }
    try (DirectoryStream<Path> root = Files.newDirectoryStream(folder)) {
      return take(file, 0, secure(root), destination);
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED, "cannot copy '" + file + "' from " + folder + ": " + e, e);
    }
  }

  private Path take(Path file, int step, SecureDirectoryStream<Path> at, Path destination)
      throws IOException {
    if (step == file.getNameCount() - 1) {
      return copy(file, at, destination);
    }
    try (SecureDirectoryStream<Path> next = next(file, step, at)) {
      return take(file, step + 1, next, destination);
    }
  }

  private SecureDirectoryStream<Path> next(Path file, int step, SecureDirectoryStream<Path> at) {
    Path name = file.getName(step);
    try {
      return at.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      throw refused(file, "'%s' is not a readable folder".formatted(name));
    }
  }

  /// Invalidates the output, so that the next build compiles and runs everything again. Code that
  /// raised an alarm is not skipped because it was built before. The records of cargo are renamed;
  /// if hostile code prevents that, the folder of the profile is renamed.
  ///
  /// @throws SandboxException if neither can be renamed
  public void forget() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      permissions.addAll(PosixFilePermissions.fromString("rwx------"));
      Files.setPosixFilePermissions(folder, permissions);
      try (DirectoryStream<Path> root = Files.newDirectoryStream(folder)) {
        SecureDirectoryStream<Path> at = secure(root);
        for (Path name : folders(at)) {
          try {
            forget(name, at, true);
          } catch (IOException _) {
            at.move(name, at, aside());
          }
        }
      }
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "cannot make cargo build %s again: %s; remove that folder".formatted(folder, e),
          e);
    }
  }

  /// Invalidates the output in a folder.
  ///
  /// @param profiles whether the folder can contain folders of profiles, like the folder of a
  ///   platform
  private static void forget(Path name, SecureDirectoryStream<Path> in, boolean profiles)
      throws IOException {
    try (SecureDirectoryStream<Path> at = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path inner : folders(at)) {
        if (inner.equals(NOTES)) {
          at.move(inner, at, aside());
        } else if (profiles) {
          forget(inner, at, false);
        }
      }
    }
  }

  private static Path aside() {
    return Path.of(".forgotten-" + HexFormat.of().toHexDigits(RANDOM.nextLong()));
  }

  private static List<Path> folders(SecureDirectoryStream<Path> at) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path entry : at) {
      Path name = entry.getFileName();
      if (at.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isDirectory()) {
        found.add(name);
      }
    }
    return found;
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException("this system cannot open files relative to a folder");
  }

  private Path copy(Path file, SecureDirectoryStream<Path> at, Path destination)
      throws IOException {
    Path name = file.getFileName();
    PosixFileAttributes attributes = attributes(file, at);
    if (!attributes.isRegularFile()) {
      throw refused(file, "it is not a regular file");
    }
    if (attributes.size() > mostBytes) {
      throw refused(file, "it has over %,d bytes".formatted(mostBytes));
    }
    refuseForeignNames(file, attributes);
    Files.createDirectories(destination);
    Path part = Files.createTempFile(destination, ".", ".part");
    try {
      try (SeekableByteChannel from = opened(file, at);
          OutputStream to = Files.newOutputStream(part)) {
        copy(file, from, to);
      }
      Set<PosixFilePermission> permissions = attributes.permissions();
      permissions.retainAll(MOST);
      Files.setPosixFilePermissions(part, permissions);
      return Files.move(part, destination.resolve(name.toString()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private PosixFileAttributes attributes(Path file, SecureDirectoryStream<Path> at) {
    try {
      return at.getFileAttributeView(
              file.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes();
    } catch (IOException _) {
      throw refused(file, "there is no such file");
    }
  }

  private SeekableByteChannel opened(Path file, SecureDirectoryStream<Path> at) {
    try {
      return at.newByteChannel(
          file.getFileName(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException _) {
      throw refused(file, "it cannot be read");
    }
  }

  private void copy(Path file, SeekableByteChannel from, OutputStream to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    long total = 0;
    while (from.read(buffer) >= 0) {
      total += buffer.position();
      if (total > mostBytes) {
        throw refused(file, "it grew over %,d bytes".formatted(mostBytes));
      }
      to.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
  }

  /// Refuses a file with hard links that cargo did not make. Cargo links a final artifact in
  /// `deps`; a link elsewhere could be a file of another user.
  private void refuseForeignNames(Path file, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    Path path = folder.resolve(file);
    Map<String, Object> all =
        Files.readAttributes(path, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
    int names = all.get("nlink") instanceof Integer links ? links : 0;
    if (!key.equals(all.get("fileKey"))) {
      throw refused(file, "it was replaced during the check");
    }
    if (names == 1) {
      return;
    }
    int known = 0;
    for (String beside : LINKED) {
      Path parent = path.resolveSibling(beside).normalize();
      if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
        known += count(parent, key);
      }
    }
    if (known != names) {
      throw refused(file, "it has %d hard links, and only %d are cargo's".formatted(names, known));
    }
  }

  private static int count(Path parent, Object key) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(parent)) {
      for (Path file : files) {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        count += key.equals(attributes.fileKey()) ? 1 : 0;
      }
    }
    return count;
  }

  private SandboxException refused(Path file, String reason) {
    return new SandboxException(
        Kind.REFUSED, "cannot copy '%s' from %s: %s".formatted(file, folder, reason));
  }
}
