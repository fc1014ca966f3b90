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

/// The sockets, FIFOs and devices of a package cache, which are doors to other processes. The
/// search runs on a thread of its own while the rest of the sandbox is prepared.
final class CacheDoors {
  /// Cargo makes no such file. Beyond this number the cache is not one.
  private static final int MOST = 100;

  private final Path cache;
  private final FutureTask<List<Path>> search;

  private CacheDoors(Path cache) {
    this.cache = cache;
    this.search = new FutureTask<>(() -> SpecialFiles.below(cache, MOST));
  }

  /// Starts the search.
  ///
  /// @param cache a real path
  static CacheDoors of(Path cache) {
    var doors = new CacheDoors(cache);
    Thread.ofPlatform().daemon().name("sandbox-doors").start(doors.search);
    return doors;
  }

  /// Hides each where the cache is mounted.
  ///
  /// @param empty an empty file
  /// @param inside the place of the cache inside
  /// @throws SandboxException if there are too many, or the cache cannot be searched
  void hide(Arguments all, String empty, String inside) {
    List<Path> found = found();
    if (found.size() > MOST) {
      throw new SandboxException(
          Kind.REFUSED,
          "cannot use the package cache %s: expected at most %d sockets, FIFOs and devices, found more; remove the folder, it is fetched again"
              .formatted(cache, MOST));
    }
    for (Path door : found) {
      String place = inside + "/" + cache.relativize(door);
      if (Files.isDirectory(door, LinkOption.NOFOLLOW_LINKS)) {
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
