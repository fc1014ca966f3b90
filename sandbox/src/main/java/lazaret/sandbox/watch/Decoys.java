package lazaret.sandbox.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Origin;
import lazaret.sandbox.kernel.Inotify;
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
  private static final String IN = " in ";
  private static final String RULE = "decoys: no build needs a credential";
  private static final String ALLOW = "nothing allows it";

  private final List<Mount> mounts = new ArrayList<>();
  private final Map<Integer, Laid> byWatch = new HashMap<>();
  private final Map<String, String> nameOfValue;
  private final Map<String, Origin> openers = new ConcurrentHashMap<>();
  private final Canaries canaries;
  private final Openers who;
  private final Inotify inotify;
  private final Thread thread;
  private final Sightings openings = new Sightings();
  private final Sightings leaks = new Sightings();
  private int lookups;
  private volatile @Nullable IOException failure;

  /// A file and where it is to be seen.
  ///
  /// @param host its path on the machine
  /// @param inside where it is to be bound, read-only
  public record Mount(Path host, String inside) {}

  private record Laid(String name, Object fileKey) {}

  private Decoys(List<Decoy> decoys, Inotify inotify) {
    this.inotify = inotify;
    nameOfValue = decoys.stream().collect(Collectors.toMap(Decoy::value, Decoy::name));
    canaries = new Canaries(nameOfValue.keySet());
    who = new Openers(new Witness(ProcessFolder.ofThisThread().filters().orElse(0)));
    thread = Thread.ofPlatform().name("sandbox-decoys").daemon().unstarted(this::watch);
  }

  /// Makes decoys of all kinds and begins to watch them.
  ///
  /// @param folder a folder of its own, which others may not look into
  /// @param home the home folder inside
  /// @param environments paths inside where a decoy `.env` is to lie over what is there
  /// @throws SandboxException if they cannot be made or watched
  public static Decoys lay(Path folder, String home, List<String> environments) {
    List<Decoy> decoys = new ArrayList<>();
    Decoy.ofEachKind().forEach(d -> decoys.add(new Decoy("~/" + d.name(), d.value(), d.text())));
    environments.forEach(path -> decoys.add(Decoy.environment(path)));
    try {
      Decoys laid = new Decoys(decoys, Inotify.open());
      for (Decoy decoy : decoys) {
        laid.lay(folder.resolve(Integer.toString(laid.mounts.size())), decoy, home);
      }
      laid.thread.start();
      return laid;
    } catch (IOException e) {
      throw new SandboxException(
          SandboxException.Kind.FAILED,
          "cannot lay decoys in %s: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  private void lay(Path file, Decoy decoy, String home) throws IOException {
    Files.writeString(file, decoy.text());
    // The folder keeps others out; who is inside may be another user than the one who lays.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    byWatch.put(inotify.watch(file), new Laid(decoy.name(), Objects.requireNonNull(key)));
    mounts.add(new Mount(file, decoy.name().replaceFirst("^~", home)));
  }

  /// Returns where the decoys are to be bound.
  public List<Mount> mounts() {
    return List.copyOf(mounts);
  }

  private void watch() {
    try {
      List<Inotify.Event> events = inotify.read();
      while (!events.isEmpty()) {
        for (Inotify.Event event : events) {
          Laid decoy = byWatch.get(event.watch());
          if (event.opened() && decoy != null) {
            opened(decoy);
          }
        }
        events = inotify.read();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      inotify.release();
    }
  }

  private void opened(Laid decoy) {
    Origin first = openers.get(decoy.name());
    // A flood of openings is not looked into one by one.
    Origin origin = first != null && ++lookups > MOST_LOOKUPS ? first : who.of(decoy.fileKey());
    openers.putIfAbsent(decoy.name(), origin);
    openings.add(new Violation(Violation.Kind.DECOY_OPENED, decoy.name(), origin, 1, RULE, ALLOW));
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
    private final Canaries.Scan scan;

    private Search(String where) {
      scan = canaries.new Scan(value -> leaked(value, where));
    }

    /// Takes the next bytes of the stream.
    public void accept(byte[] bytes, int offset, int length) {
      scan.accept(bytes, offset, length);
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
  public List<Violation> violations() throws InterruptedException {
    close();
    thread.join();
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
    inotify.close();
  }
}
