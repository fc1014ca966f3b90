package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import lazaret.sandbox.Violation;
import lazaret.sandbox.watch.Decoys;

/// A search for the values of decoys in the files that a run wrote into its target folder. It is
/// done only if a decoy was opened, because the values are unknown otherwise and the search takes
/// time.
final class DecoyLeakSearch extends SimpleFileVisitor<Path> {
  private static final long MOST_BYTES = 8L << 30;

  private final Decoys decoys;
  private final Path target;
  private final FileTime begin;
  private long left = MOST_BYTES;

  private DecoyLeakSearch(Decoys decoys, Path target, FileTime begin) {
    this.decoys = decoys;
    this.target = target;
    this.begin = begin;
  }

  /// Returns all alarms of a completed run.
  ///
  /// @param decoys the decoys of the run
  /// @param target the target folder
  /// @param begin the start of the run by the clock of the file system
  static List<Violation> alarms(Decoys decoys, Path target, FileTime begin) throws IOException {
    List<Violation> alarms = decoys.violations();
    if (alarms.stream().noneMatch(v -> v.kind() == Violation.Kind.DECOY_OPENED)) {
      return alarms;
    }
    Files.walkFileTree(target, new DecoyLeakSearch(decoys, target, begin));
    return decoys.violations();
  }

  /// Searches a regular file; links are not followed. The change time decides whether it belongs to
  /// the run, because a build can reset the modification time but not the change time.
  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || changed.compareTo(begin) < 0) {
      return FileVisitResult.CONTINUE;
    }
    left -= attributes.size();
    if (left < 0) {
      return FileVisitResult.TERMINATE;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      decoys.search(in, target.relativize(file).toString());
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
