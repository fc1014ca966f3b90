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
import lazaret.sandbox.kernel.OpenWatch;
import org.jspecify.annotations.Nullable;

/// Credentials that open nothing, laid where a thief looks. Opening one is an alarm, and so is its
/// value in anything that leaves the sandbox. Looking whether one is there (`stat`) is none: honest
/// programs do.
///
/// **How to wire it.** From a thread that no filter binds:
///
/// ```
/// try (Decoys decoys = Decoys.lay(privateFolder, Inside.HOME, envFilesOfTheProject)) {
///   decoys.mounts().forEach(m -> ... "--ro-bind", m.host(), m.inside() ...);
///   decoys.awaitLaid();
///   ... run; each stream goes through decoys.search("standard output") as it comes ...
///   ... decoys.search(artefact, name) for each file that is taken out ...
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
  private final Openers who;
  private final CompletableFuture<OpenWatch> ready = new CompletableFuture<>();

  /// Complete when nothing more is seen.
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

  private final Thread thread;
  private final Sightings openings = new Sightings();
  private final Sightings leaks = new Sightings();

  /// Who opened each decoy first.
  private final Map<String, Origin> openers = new ConcurrentHashMap<>();

  private volatile @Nullable IOException failure;
  private volatile boolean searchedSoon;

  /// Made when the first byte is searched, or is soon to be: that takes longer than to lay decoys.
  private @Nullable Canaries canaries;

  /// A file, or a folder of them, and where it is to be seen.
  ///
  /// @param host its path on the machine
  /// @param inside where it is to be bound, read-only
  public record Mount(Path host, String inside) {}

  /// One that lies there.
  private record Laid(Decoy decoy, Object fileKey, long inode) {}

  private Decoys(Path folder, String home, List<Decoy> decoys) {
    this.folder = folder;
    this.home = home;
    this.decoys = List.copyOf(decoys);
    nameOfValue = decoys.stream().collect(Collectors.toMap(Decoy::value, Decoy::name));
    who = new Openers(new Witness(ProcessFolder.ofThisThread().filters().orElse(0)));
    thread = Thread.ofPlatform().name("sandbox-decoys").daemon().unstarted(this::watch);
  }

  /// Begins to make decoys of all kinds and to watch them; see [#awaitLaid].
  ///
  /// @param folder a folder of its own, which others may not look into
  /// @param home the home folder inside
  /// @param environments paths inside where a decoy `.env` is to lie over what is there
  public static Decoys lay(Path folder, String home, List<String> environments) {
    List<Decoy> decoys = new ArrayList<>();
    Decoy.ofEachKind().forEach(d -> decoys.add(new Decoy(IN_HOME + d.name(), d.value(), d.text())));
    environments.forEach(path -> decoys.add(Decoy.environment(path)));
    Decoys laid = new Decoys(folder, home, decoys);
    laid.thread.start();
    return laid;
  }

  /// Waits until all lie there and are watched: nothing may open one before.
  ///
  /// @throws SandboxException if they cannot be made or watched
  public void awaitLaid() {
    try {
      ready.join();
    } catch (CompletionException e) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "cannot lay decoys in %s: %s".formatted(folder, e.getCause()),
          e);
    }
  }

  /// Has what searches are done with made once all is laid: who waits for what is searched, as
  /// cargo for answers to requests, waits the less.
  public void expectSearch() {
    searchedSoon = true;
  }

  private synchronized Canaries canaries() {
    Canaries made = canaries;
    if (made == null) {
      made = new Canaries(nameOfValue.keySet());
      canaries = made;
    }
    return made;
  }

  /// Returns where the decoys are to be bound: the home as one, since each mount takes its time.
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
    OpenWatch watch;
    Map<Integer, Laid> laid = new HashMap<>();
    try {
      watch = OpenWatch.begin();
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

  /// The outer folder keeps others out; who is inside may be another user than the one who lays.
  private void makeFolders(Path file) throws IOException {
    for (Path at = file.getParent();
        at != null && at.startsWith(homeFolder());
        at = at.getParent()) {
      Files.createDirectories(at);
      Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /// What the thread does.
  private final class Guard {
    private final OpenWatch watch;
    private final Map<Integer, Laid> laid;

    /// Who was let pass to a decoy that is not reported as opened by them yet.
    private final Map<Integer, Deque<Origin>> passing = new HashMap<>();

    private int lookups;

    Guard(OpenWatch watch, Map<Integer, Laid> laid) {
      this.watch = watch;
      this.laid = laid;
    }

    void stand() throws IOException {
      List<OpenWatch.Event> events = watch.read();
      while (!events.isEmpty()) {
        for (OpenWatch.Event event : events) {
          Laid decoy = laid.get(event.watch());
          if (decoy != null) {
            handle(event, decoy);
          }
        }
        events = watch.read();
      }
    }

    private void handle(OpenWatch.Event event, Laid laid) throws IOException {
      switch (event.kind()) {
        case WAITING -> {
          // Whoever was let pass before and opened nothing was interrupted.
          passing.put(event.watch(), new ArrayDeque<>(who.waiting(laid.inode())));
          watch.letPass(event.watch());
        }
        case OPENED -> {
          Optional<Origin> seen = Optional.ofNullable(passing.get(event.watch())).map(Deque::poll);
          opened(laid, seen.orElseGet(() -> guess(laid)));
        }
        case CLOSED -> watch.hold(event.watch());
      }
    }

    private Origin guess(Laid laid) {
      Origin first = openers.get(laid.decoy().name());
      // A flood of openings is not looked into one by one.
      return first != null && ++lookups > MOST_LOOKUPS ? first : who.of(laid.fileKey());
    }
  }

  private void opened(Laid laid, Origin origin) {
    String name = laid.decoy().name();
    openers.putIfAbsent(name, origin);
    openings.add(new Violation(Violation.Kind.DECOY_OPENED, name, origin, 1, RULE, ALLOW));
  }

  /// Begins a search for the values of decoys in a stream that leaves the sandbox.
  ///
  /// @param where what the stream is, as reports are to name it
  public Search search(String where) {
    return new Search(where);
  }

  /// Looks for the values of decoys in a file that leaves the sandbox.
  ///
  /// @param name what reports are to call it
  /// @throws IOException if it cannot be read
  public void search(InputStream file, String name) throws IOException {
    Search search = search(name);
    byte[] chunk = new byte[CHUNK];
    for (int read = file.read(chunk); read >= 0; read = file.read(chunk)) {
      search.accept(chunk, 0, read);
    }
  }

  /// One stream that is searched. Not thread-safe.
  public final class Search {
    private final String where;
    private Canaries.@Nullable Scan scan;

    private Search(String where) {
      this.where = where;
    }

    /// Takes the next bytes of the stream.
    public void accept(byte[] bytes, int offset, int length) {
      Canaries.Scan begun = scan;
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

  /// Ends the watch, after the command has ended, and returns the alarms in their order.
  ///
  /// @throws SandboxException if the watch failed on the way
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

  /// Whoever opened a decoy is who can have passed its value on.
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
