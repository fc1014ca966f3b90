package lazaret.sandbox.bubblewrap;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.kernel.SpecialFiles;

/// The sockets, FIFOs and devices in a package cache, through which a build could reach other
/// processes. A separate thread searches for them while the rest of the sandbox is prepared.
final class CacheSpecialFiles {
  /// The largest number of special files. Cargo makes none, so a folder with more is not a package
  /// cache.
  private static final int MOST = 100;

  private final Path cache;
  private final FutureTask<List<Path>> search;

  private CacheSpecialFiles(Path cache) {
    this.cache = cache;
    this.search = new FutureTask<>(() -> SpecialFiles.below(cache, MOST));
  }

  /// Starts the search.
  ///
  /// @param cache a real path
  static CacheSpecialFiles of(Path cache) {
    var files = new CacheSpecialFiles(cache);
    Thread.ofPlatform().daemon().name("sandbox-special-files").start(files.search);
    return files;
  }

  /// Covers each special file in the mounted cache.
  ///
  /// @param all the arguments to extend
  /// @param empty the path of an empty file
  /// @param inside the path of the cache in the sandbox
  /// @throws SandboxException if there are too many, or the cache cannot be searched
  void hide(BwrapArguments all, String empty, String inside) {
    List<Path> found = found();
    if (found.size() > MOST) {
      throw new SandboxException(
          Kind.REFUSED,
          "cannot use the package cache %s: expected at most %d sockets, FIFOs and devices, found more; remove the folder, its content is fetched again"
              .formatted(cache, MOST));
    }
    for (Path file : found) {
      String place = inside + "/" + cache.relativize(file);
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        all.hide(place);
      } else {
        all.readOnly(empty, place);
      }
    }
  }

  private List<Path> found() {
    try {
      return search.get();
    } catch (ExecutionException e) {
      throw new SandboxException(
          Kind.FAILED,
          "cannot search the package cache %s for sockets: %s".formatted(cache, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(Kind.FAILED, "interrupted while the sandbox was set up", e);
    }
  }
}
