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

/// What a build left in its target folder, of which single files are taken out. Whatever stands
/// there was made by hostile code: links are never followed, at no step of a path, and only regular
/// files are opened.
///
/// To be used when nothing of the build runs any more: the system calls of the JDK cannot open a
/// file without blocking on one that was exchanged for a pipe meanwhile.
public final class TargetFolder {
  private static final int CHUNK = 1 << 20;
  private static final Set<PosixFilePermission> MOST = PosixFilePermissions.fromString("rwxr-xr-x");

  /// Where cargo keeps the other name of a final artefact, beside it.
  private static final List<String> LINKED = List.of(".", "deps", "examples");

  /// Where cargo notes what it built and from what, for each profile.
  private static final Path NOTES = Path.of(".fingerprint");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final long mostBytes;

  /// Names a target folder.
  ///
  /// @param mostBytes the largest file that is taken
  public TargetFolder(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /// Copies one file out; a file of its name in the destination is replaced. The copy has neither
  /// more than `rwxr-xr-x` nor the setuid, setgid and sticky bits.
  ///
  /// @param file relative to the target folder
  /// @param destination a folder that no build can write
  /// @return the copy
  /// @throws SandboxException of kind `REFUSED` if it is not there, is no regular file, has names
  ///   outside the target folder, is too large, or cannot be read; of kind `FAILED` if it cannot be
  ///   copied; nothing was written then
  public Path take(Path file, Path destination) {
    if (file.isAbsolute() || !file.equals(file.normalize()) || file.startsWith("..")) {
      throw refused(file, "expected a path below the target folder");
    }
    try (DirectoryStream<Path> root = Files.newDirectoryStream(folder)) {
      return take(file, 0, secure(root), destination);
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED, "cannot take '" + file + "' from " + folder + ": " + e, e);
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
      throw refused(file, "'%s' is no folder that can be read".formatted(name));
    }
  }

  /// Has cargo take nothing in it for built, so that the next build compiles and runs everything
  /// again: code that has alarmed is not passed over because cargo need not run it twice. What
  /// cargo notes of what it built is moved aside, or where hostile code saw to it that this fails,
  /// the folder of the profile.
  ///
  /// @throws SandboxException if neither can be moved
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
          "cannot have cargo build %s anew: %s; remove that folder".formatted(folder, e),
          e);
    }
  }

  /// @param profiles whether folders of profiles can stand in it, as in that of a platform
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
    throw new IOException("this system opens no files relative to a folder");
  }

  private Path copy(Path file, SecureDirectoryStream<Path> at, Path destination)
      throws IOException {
    Path name = file.getFileName();
    PosixFileAttributes attributes = attributes(file, at);
    if (!attributes.isRegularFile()) {
      throw refused(file, "it is no regular file");
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

  /// Cargo gives a final artefact a second name in `deps`. A name anywhere else could be somebody
  /// else's file.
  private void refuseForeignNames(Path file, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    Path path = folder.resolve(file);
    Map<String, Object> all =
        Files.readAttributes(path, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
    int names = all.get("nlink") instanceof Integer links ? links : 0;
    if (!key.equals(all.get("fileKey"))) {
      throw refused(file, "it was exchanged while it was looked at");
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
      throw refused(file, "it has %d names, and only %d are cargo's".formatted(names, known));
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
        Kind.REFUSED, "cannot take '%s' from %s: %s".formatted(file, folder, reason));
  }
}
