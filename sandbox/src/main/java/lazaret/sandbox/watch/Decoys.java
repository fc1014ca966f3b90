package lazaret.sandbox.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Origin;
import lazaret.sandbox.kernel.FileLeases;
import org.jspecify.annotations.Nullable;

/// Credentials without function in the places where attackers search. The opening of a decoy is an
/// alarm, and so is its value in data that leaves the sandbox. A lookup (`stat`) is not an alarm,
/// because honest programs perform it.
///
/// **Usage.** From a thread that no filter restricts:
///
/// ```
/// try (Decoys decoys = Decoys.lay(privateFolder, SandboxPaths.HOME, envFilesOfTheProject)) {
///   decoys.mounts().forEach(m -> ... "--ro-bind", m.host(), m.inside() ...);
///   decoys.awaitLaid();
///   ... run; each stream goes through decoys.search("standard output") as it comes ...
///   ... decoys.search(artifact, name) for each file that is copied out ...
///   report.addAll(decoys.violations());
/// }
/// ```
///
/// Thread-safe.
public final class Decoys implements AutoCloseable {
  private static final int CHUNK = 1 << 16;
  private static final int MOST_LOOKUPS = 200;
  private static final String IN_HOME = "~/";
  private static final String IN = " in ";
  private static final String RULE = "decoys: no build needs a credential";
  private static final String ALLOW = "nothing allows it";

  private final Path folder;
  private final String home;
  private final List<Decoy> decoys;
  private final Map<String, String> nameOfValue;
  private final FileOpeners fileOpeners;
  private final CompletableFuture<FileLeases> ready = new CompletableFuture<>();

  /// Completed when the watch has ended.
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

  private final Thread thread;
  private final ViolationCollector openings = new ViolationCollector();
  private final ViolationCollector leaks = new ViolationCollector();

  /// The first opener of each decoy.
  private final Map<String, Origin> openers = new ConcurrentHashMap<>();

  private volatile @Nullable IOException failure;
  private volatile boolean searchedSoon;

  /// The automaton, made when the first byte is searched or [#expectSearch] was called. Making it
  /// takes longer than writing the decoys.
  private @Nullable SecretScanner canaries;

  /// A file or folder of decoys and its place in the sandbox.
  ///
  /// @param host the path on the machine
  /// @param inside the path in the sandbox for a read-only mount
  public record Mount(Path host, String inside) {}

  /// A written decoy.
  private record Laid(Decoy decoy, Object fileKey, long inode) {}

  private Decoys(Path folder, String home, List<Decoy> decoys) {
    this.folder = folder;
    this.home = home;
    this.decoys = List.copyOf(decoys);
    nameOfValue = decoys.stream().collect(Collectors.toMap(Decoy::value, Decoy::name));
    fileOpeners =
        new FileOpeners(new CrateAttribution(ProcFolder.ofThisThread().filters().orElse(0)));
    thread = Thread.ofPlatform().name("sandbox-decoys").daemon().unstarted(this::watch);
  }

  /// Starts to write decoys of all kinds and to watch them; see [#awaitLaid].
  ///
  /// @param folder a folder for the decoys only, which other users cannot enter
  /// @param home the path of the home folder in the sandbox
  /// @param environments the paths in the sandbox of `.env` files that decoys replace
  public static Decoys lay(Path folder, String home, List<String> environments) {
    List<Decoy> decoys = new ArrayList<>();
    Decoy.ofEachKind().forEach(d -> decoys.add(new Decoy(IN_HOME + d.name(), d.value(), d.text())));
    environments.forEach(path -> decoys.add(Decoy.environment(path)));
    Decoys laid = new Decoys(folder, home, decoys);
    laid.thread.start();
    return laid;
  }

  /// Waits until all decoys are written and watched. The command must not start before.
  ///
  /// @throws SandboxException if they cannot be written or watched
  public void awaitLaid() {
    try {
      ready.join();
    } catch (CompletionException e) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "cannot create decoys in %s: %s".formatted(folder, e.getCause()),
          e);
    }
  }

  /// Requests that the search is prepared as soon as the decoys are written. This shortens the
  /// first request of cargo, which waits for the search.
  public void expectSearch() {
    searchedSoon = true;
  }

  private synchronized SecretScanner canaries() {
    SecretScanner made = canaries;
    if (made == null) {
      made = new SecretScanner(nameOfValue.keySet());
      canaries = made;
    }
    return made;
  }

  /// Returns the mounts of the decoys. The home folder is one mount, because each mount takes time.
  public List<Mount> mounts() {
    return Stream.concat(
            Stream.of(new Mount(homeFolder(), home)),
            IntStream.range(0, decoys.size())
                .filter(i -> !decoys.get(i).name().startsWith(IN_HOME))
                .mapToObj(i -> new Mount(file(i), decoys.get(i).name())))
        .toList();
  }

  private Path homeFolder() {
    return folder.resolve("home");
  }

  private Path file(int number) {
    String name = decoys.get(number).name();
    return name.startsWith(IN_HOME)
        ? homeFolder().resolve(name.substring(IN_HOME.length()))
        : folder.resolve(Integer.toString(number));
  }

  private void watch() {
    FileLeases watch;
    Map<Integer, Laid> laid = new HashMap<>();
    try {
      watch = FileLeases.begin();
      for (int i = 0; i < decoys.size(); i++) {
        Path file = file(i);
        makeFolders(file);
        Files.writeString(file, decoys.get(i).text());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        long inode = (long) Files.getAttribute(file, "unix:ino");
        laid.put(watch.watch(file), new Laid(decoys.get(i), Objects.requireNonNull(key), inode));
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
      return;
    }
    ready.complete(watch);
    if (searchedSoon) {
      var _ = canaries();
    }
    try {
      new Guard(watch, laid).stand();
    } catch (IOException e) {
      failure = e;
    } finally {
      done.complete(null);
      watch.release();
    }
  }

  /// Creates the parent folders of a decoy. The outer folder excludes other users; the build may
  /// run as another user than this process.
  private void makeFolders(Path file) throws IOException {
    for (Path at = file.getParent();
        at != null && at.startsWith(homeFolder());
        at = at.getParent()) {
      Files.createDirectories(at);
      Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /// The work of the watching thread.
  private final class Guard {
    private final FileLeases watch;
    private final Map<Integer, Laid> laid;

    /// The processes that were admitted to a decoy and not yet reported as openers.
    private final Map<Integer, Deque<Origin>> passing = new HashMap<>();

    private int lookups;

    Guard(FileLeases watch, Map<Integer, Laid> laid) {
      this.watch = watch;
      this.laid = laid;
    }

    void stand() throws IOException {
      List<FileLeases.Event> events = watch.read();
      while (!events.isEmpty()) {
        long until = System.nanoTime() + FileOpeners.LISTED_WITHIN;
        for (FileLeases.Event event : events) {
          Laid decoy = laid.get(event.watch());
          if (decoy != null) {
            handle(event, decoy, until);
          }
        }
        events = watch.read();
      }
    }

    private void handle(FileLeases.Event event, Laid laid, long until) throws IOException {
      switch (event.kind()) {
        case WAITING -> {
          // Processes that were admitted earlier and opened nothing were interrupted.
          passing.put(event.watch(), new ArrayDeque<>(fileOpeners.waiting(laid.inode(), until)));
          watch.letPass(event.watch());
        }
        case OPENED -> {
          Optional<Origin> seen = Optional.ofNullable(passing.get(event.watch())).map(Deque::poll);
          opened(laid, seen.orElseGet(() -> guess(laid)));
        }
        case CLOSED -> {
          // If another process has it open, its end is another event.
          var _ = watch.hold(event.watch());
        }
      }
    }

    private Origin guess(Laid laid) {
      Origin first = openers.get(laid.decoy().name());
      // In a flood of openings, not every opener is looked up.
      return first != null && ++lookups > MOST_LOOKUPS ? first : fileOpeners.of(laid.fileKey());
    }
  }

  private void opened(Laid laid, Origin origin) {
    String name = laid.decoy().name();
    openers.putIfAbsent(name, origin);
    openings.add(new Violation(Violation.Kind.DECOY_OPENED, name, origin, 1, RULE, ALLOW));
  }

  /// Starts a search for the values of decoys in a stream that leaves the sandbox.
  ///
  /// @param where the name of the stream in reports
  public Search search(String where) {
    return new Search(where);
  }

  /// Searches for the values of decoys in a file that leaves the sandbox.
  ///
  /// @param file the content of the file
  /// @param name the name of the file in reports
  /// @throws IOException if it cannot be read
  public void search(InputStream file, String name) throws IOException {
    Search search = search(name);
    byte[] chunk = new byte[CHUNK];
    for (int read = file.read(chunk); read >= 0; read = file.read(chunk)) {
      search.accept(chunk, 0, read);
    }
  }

  /// The search of one stream. Not thread-safe.
  public final class Search {
    private final String where;
    private SecretScanner.@Nullable Scan scan;

    private Search(String where) {
      this.where = where;
    }

    /// Searches the next bytes of the stream.
    public void accept(byte[] bytes, int offset, int length) {
      SecretScanner.Scan begun = scan;
      if (begun == null) {
        begun = canaries().new Scan(value -> leaked(value, where));
        scan = begun;
      }
      begun.accept(bytes, offset, length);
    }
  }

  private void leaked(String value, String where) {
    String name = Objects.requireNonNull(nameOfValue.get(value));
    leaks.add(
        new Violation(
            Violation.Kind.DECOY_VALUE, name + IN + where, Origin.UNKNOWN, 1, RULE, ALLOW));
  }

  /// Ends the watch after the command has ended, and returns the alarms in their order.
  ///
  /// @throws SandboxException if the watch failed
  public List<Violation> violations() {
    close();
    done.join();
    IOException e = failure;
    if (e != null) {
      throw new SandboxException(
          SandboxException.Kind.FAILED, "the watch over decoys failed: " + e.getMessage(), e);
    }
    List<Violation> all = new ArrayList<>(openings.list());
    leaks.list().forEach(leak -> all.add(withOpener(leak)));
    return all;
  }

  /// Adds the origin of a leaked value: the first opener of the decoy.
  private Violation withOpener(Violation leak) {
    String name = leak.resource().substring(0, leak.resource().indexOf(IN));
    return new Violation(
        leak.kind(),
        leak.resource(),
        openers.getOrDefault(name, Origin.UNKNOWN),
        leak.count(),
        leak.rule(),
        leak.allow());
  }

  /// Ends the watch.
  @Override
  public void close() {
    if (!ready.handle((watch, e) -> watch == null).join()) {
      ready.join().close();
    }
  }
}
