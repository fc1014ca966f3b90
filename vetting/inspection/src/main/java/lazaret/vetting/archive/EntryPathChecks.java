package lazaret.vetting.archive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The checks of the paths of one archive, each alone and together with the previous ones. Not
/// thread-safe.
final class EntryPathChecks {
  /// The number of characters of paths that are kept, including the folders above each entry.
  /// Without it, a few hundred kilobytes of archive could claim gigabytes of memory.
  private static final int MAX_REMEMBERED = 8 << 20;

  private final String prefix;
  private final InspectLimits limits;
  private final ArchiveProblems problems;
  private final Map<String, String> files = new HashMap<>();
  private final Set<String> folders = new HashSet<>();
  private int remembered;

  /// Creates checks without known paths.
  ///
  /// @param prefix the folder `name-version`
  EntryPathChecks(String prefix, InspectLimits limits, ArchiveProblems problems) {
    this.prefix = prefix;
    this.limits = limits;
    this.problems = problems;
  }

  /// Checks the path of a file or directory.
  ///
  /// @return the path below the crate's folder, or null if there is a problem, which is recorded
  /// @throws BrokenArchiveException if this problem is the last one that is recorded, or paths take
  ///   too much memory
  @Nullable String admit(byte[] raw, boolean directory) {
    if (raw.length > limits.pathBytes()) {
      return refuse(
          ArchiveProblemCode.PATH_TOO_LONG,
          TarPath.excerpt(raw),
          "expected at most " + limits.pathBytes() + " bytes, found " + raw.length);
    }
    String path = TarPath.decode(raw).orElse(null);
    if (path == null) {
      return refuse(ArchiveProblemCode.PATH_NOT_UTF8, TarPath.excerpt(raw), "the path is no UTF-8");
    }
    if (directory && path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return isPlain(path) && isInside(path, directory) ? unique(path, directory) : null;
  }

  private boolean isPlain(String path) {
    if (TarPath.isAbsolute(path)) {
      return complain(ArchiveProblemCode.ABSOLUTE_PATH, path, "the path begins at a root");
    }
    if (TarPath.hasTreacherousCharacter(path)) {
      return complain(
          ArchiveProblemCode.PATH_NOT_PLAIN,
          path,
          "control character, backslash, colon or mark of direction");
    }
    int depth = 0;
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        return complain(ArchiveProblemCode.PATH_TRAVERSAL, path, "a part is '..'");
      }
      if (part.isEmpty() || part.equals(".")) {
        return complain(
            ArchiveProblemCode.PATH_NOT_PLAIN,
            path,
            "a part is " + (part.isEmpty() ? "empty" : "'.'"));
      }
      depth++;
    }
    return depth <= limits.pathDepth()
        || complain(
            ArchiveProblemCode.PATH_TOO_DEEP,
            path,
            "expected at most " + limits.pathDepth() + " parts, found " + depth);
  }

  private boolean isInside(String path, boolean directory) {
    boolean below = path.startsWith(prefix) && path.startsWith("/", prefix.length());
    return below
        || (directory && path.equals(prefix))
        || complain(
            ArchiveProblemCode.ENTRY_OUTSIDE_PREFIX,
            path,
            "expected a path under '" + prefix + "/'");
  }

  private @Nullable String unique(String path, boolean directory) {
    if (path.equals(prefix)) {
      return "";
    }
    String inner = path.substring(prefix.length() + 1);
    String key = TarPath.collisionKey(inner);
    if (!directory) {
      String earlier = files.putIfAbsent(key, inner);
      if (earlier != null) {
        boolean same = earlier.equals(inner);
        return refuse(
            same ? ArchiveProblemCode.DUPLICATE_PATH : ArchiveProblemCode.CASE_COLLISION,
            path,
            same ? "the path appears twice" : "it is one file with '" + earlier + "' for some");
      }
      remember(key);
      if (folders.contains(key)) {
        return refuse(ArchiveProblemCode.DUPLICATE_PATH, path, "it is a folder as well");
      }
    }
    return foldersAreFolders(key, directory)
        ? inner
        : refuse(ArchiveProblemCode.DUPLICATE_PATH, path, "a folder above it is a file as well");
  }

  /// Records the folders above a path, and the path itself if it is a folder. The order is from the
  /// inside out: all folders above a known one are known.
  private boolean foldersAreFolders(String key, boolean directory) {
    int end = directory ? key.length() : key.lastIndexOf('/');
    while (end > 0) {
      String folder = key.substring(0, end);
      if (files.containsKey(folder)) {
        return false;
      }
      if (!folders.add(folder)) {
        return true;
      }
      remember(folder);
      end = key.lastIndexOf('/', end - 1);
    }
    return true;
  }

  private void remember(String key) {
    remembered += key.length();
    if (remembered > MAX_REMEMBERED) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.TOO_MANY_ENTRIES,
          "the paths have more than " + MAX_REMEMBERED + " characters");
    }
  }

  private boolean complain(ArchiveProblemCode code, String path, String detail) {
    problems.add(code, path, detail);
    return false;
  }

  private @Nullable String refuse(ArchiveProblemCode code, String path, String detail) {
    problems.add(code, path, detail);
    return null;
  }
}
