package lazaret.mirror.following;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.mirror.following.FollowMeters.Part;
import lazaret.mirror.outbound.FeedClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.Validators;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The watch of folders, files and addresses of lockfiles. Each lockfile is recorded as if a client
/// had submitted it, and its crates become known. A look at all of them may take several rounds.
/// Links are not followed, except for a configured place that is one. One thread at a time.
final class LockfileWatch {
  private static final System.Logger LOG = System.getLogger(LockfileWatch.class.getName());

  /// The maximum number of lockfiles.
  static final int MAX_FILES = 10_000;

  private static final int MAX_DEPTH = 16;
  private static final String NAME = "Cargo.lock";

  /// The maximum time for the search of a folder.
  private static final Duration SEARCH = Duration.ofMinutes(2);

  /// The number of unknown crates that are requested between two looks at the clock.
  private static final int PAGE = 20;

  /// The folders in which no lockfile of a project is.
  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules");

  /// The time after which an unchanged lockfile is recorded again, so that retention keeps it.
  private static final Duration RECORDED = Duration.ofDays(1);

  /// The name under which watched lockfiles are recorded.
  private static final String SENDER = "watched";

  private final FollowContext parts;
  private final FollowBudget budget;
  private final FollowMeters meters;
  private final FollowedIndexRefresher refresher;
  private final Map<String, Known> known = new HashMap<>();
  private Instant next = Instant.MIN;
  private @Nullable Look current;

  /// A lockfile that was recorded.
  ///
  /// @param complete whether all of its crates are known
  private record Known(Sha256 digest, Validators validators, Instant at, boolean complete) {}

  LockfileWatch(
      FollowContext parts,
      FollowBudget budget,
      FollowMeters meters,
      FollowedIndexRefresher refresher) {
    this.parts = parts;
    this.budget = budget;
    this.meters = meters;
    this.refresher = refresher;
  }

  /// A look at all places.
  private static final class Look {
    private final Deque<String> places;
    private final Deque<Path> files = new ArrayDeque<>();
    private final Set<String> seen = new LinkedHashSet<>();

    /// The hosts, with their ports, that did not answer.
    private final Set<String> silent = new HashSet<>();

    private @Nullable Unknown unknown;
    private int failed;

    Look(List<String> places) {
      this.places = new ArrayDeque<>(places);
    }
  }

  /// The crates of a lockfile that are not stored.
  private static final class Unknown {
    private final String place;
    private final Known known;
    private final Deque<CrateName> names;
    private boolean complete = true;

    Unknown(String place, Known known, List<CrateName> names) {
      this.place = place;
      this.known = known;
      this.names = new ArrayDeque<>(names);
    }
  }

  /// Reads the lockfiles until a moment, if it is time. The next call continues.
  void look(Instant until) throws InterruptedException {
    Look look = current;
    if (look == null) {
      Instant now = parts.clock().instant();
      if (parts.settings().lockfiles().isEmpty() || now.isBefore(next)) {
        return;
      }
      next = now.plus(parts.settings().lockfileInterval());
      look = new Look(parts.settings().lockfiles());
      current = look;
    }
    while (parts.clock().instant().isBefore(until)) {
      if (!step(look)) {
        end(look);
        return;
      }
    }
  }

  /// Reads the next lockfile or folder, or requests the next crates.
  ///
  /// @return false if nothing is left
  private boolean step(Look look) throws InterruptedException {
    Unknown unknown = look.unknown;
    if (unknown != null) {
      request(look, unknown);
      return true;
    }
    Path file = look.files.poll();
    if (file != null) {
      read(file, look);
      return true;
    }
    String place = look.places.poll();
    if (place == null) {
      return false;
    }
    if (place.startsWith("https://") || place.startsWith("http://")) {
      look.seen.add(place);
      fetch(place, look);
    } else {
      search(place, look);
    }
    return true;
  }

  private void end(Look look) {
    current = null;
    known.keySet().retainAll(look.seen);
    if (look.failed == 0) {
      meters.works(Part.LOCKFILES);
    } else {
      meters.failing(Part.LOCKFILES, "watched lockfiles that were not read: " + look.failed);
    }
  }

  private void fetch(String place, Look look) throws InterruptedException {
    URI address;
    try {
      address = new URI(place);
    } catch (URISyntaxException _) {
      fail(place, "it is not an address", look);
      return;
    }
    String host = String.valueOf(address.getRawAuthority());
    if (look.silent.contains(host)) {
      fail(place, "its host did not answer a moment ago", look);
      return;
    }
    Known before = known.get(place);
    Validators validators = before == null ? Validators.NONE : before.validators();
    budget.awaitTurn();
    switch (parts.lockfiles().fetch(address, validators, Lockfile.MAX_BYTES)) {
      case FeedClient.Fetched.Received(Bytes file, Validators received) -> {
        budget.received(file.length());
        recordSeen(place, file, received, look);
      }
      case FeedClient.Fetched.NotModified _ -> {
        // Nothing to read; once a day it is requested as a whole, so that its record stays.
        if (before != null && !isRecent(before)) {
          known.put(
              place, new Known(before.digest(), Validators.NONE, before.at(), before.complete()));
        }
      }
      case FeedClient.Fetched.Failed(String why, boolean silent) -> {
        fail(place, why, look);
        if (silent) {
          look.silent.add(host);
        }
      }
    }
  }

  private boolean isRecent(Known before) {
    return before.complete() && TimeSpan.from(before.at(), RECORDED).holds(parts.clock().instant());
  }

  private void search(String place, Look look) {
    List<Path> files = new ArrayList<>();
    Instant latest = parts.clock().instant().plus(SEARCH);
    try {
      Path root = Path.of(place).toRealPath();
      if (Files.isDirectory(root)) {
        Files.walkFileTree(
            root, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, visitor(root, files, latest));
      } else if (Files.isRegularFile(root)) {
        files.add(root);
      } else {
        fail(place, "it is neither a file nor a folder", look);
      }
    } catch (NoSuchFileException _) {
      fail(place, "there is no such file or folder", look);
    } catch (IOException | InvalidPathException e) {
      fail(place, e.getClass().getSimpleName(), look);
    }
    if (parts.clock().instant().isAfter(latest)) {
      fail(place, "its search takes longer than " + SEARCH.toMinutes() + " minutes", look);
    }
    for (Path file : files) {
      String name = file.toString();
      if (look.seen.size() == MAX_FILES) {
        fail(name, "at most " + MAX_FILES + " lockfiles are watched", look);
        return;
      }
      if (look.seen.add(name)) {
        look.files.add(file);
      }
    }
  }

  private FileVisitor<Path> visitor(Path root, List<Path> files, Instant latest) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (parts.clock().instant().isAfter(latest)) {
          return FileVisitResult.TERMINATE;
        }
        return !folder.equals(root) && SKIPPED.contains(String.valueOf(folder.getFileName()))
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && file.endsWith(NAME)) {
          files.add(file);
        }
        return files.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException failure) {
        // A folder that this process may not read, or a file that was just removed.
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private void read(Path file, Look look) {
    try {
      recordSeen(file.toString(), content(file), Validators.NONE, look);
    } catch (MalformedException e) {
      fail(file.toString(), String.valueOf(e.getMessage()), look);
    } catch (IOException e) {
      fail(file.toString(), e.getClass().getSimpleName(), look);
    }
  }

  /// Reads a file whose folder others can change at any time. A device, a pipe and a file that
  /// grows have no end.
  ///
  /// @throws MalformedException if it is not a regular file, or longer than [Lockfile#MAX_BYTES]
  /// @throws IOException if it cannot be read
  static Bytes content(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedException(
          "cannot read the lockfile: expected a regular file, found a link, a folder or a device;"
              + " replace it");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(Lockfile.MAX_BYTES + 1);
      if (bytes.length > Lockfile.MAX_BYTES) {
        throw new MalformedException(
            "cannot read the lockfile: expected at most %d bytes, found more; replace it"
                .formatted(Lockfile.MAX_BYTES));
      }
      return Bytes.of(bytes);
    }
  }

  private void recordSeen(String place, Bytes file, Validators validators, Look look) {
    Sha256 digest = Sha256.of(file);
    Known before = known.get(place);
    if (before != null && before.digest().equals(digest) && isRecent(before)) {
      return;
    }
    try {
      Lockfile lock = Lockfile.parse(file);
      parts
          .gate()
          .usageLog()
          .lockfileSightings()
          .seen(lock, digest, shown(place), new Requester(SENDER, "local"));
      Known now = new Known(digest, validators, parts.clock().instant(), false);
      look.unknown = new Unknown(place, now, unknown(lock));
    } catch (MalformedException e) {
      fail(place, String.valueOf(e.getMessage()), look);
    }
  }

  /// Requests the next unknown crates of a lockfile.
  private void request(Look look, Unknown unknown) throws InterruptedException {
    List<CrateName> page = unknown.names.stream().limit(PAGE).toList();
    unknown.complete &= refresher.refreshAll(page).isEmpty();
    page.forEach(_ -> unknown.names.remove());
    if (unknown.names.isEmpty()) {
      Known seen = unknown.known;
      known.put(
          unknown.place, new Known(seen.digest(), seen.validators(), seen.at(), unknown.complete));
      look.unknown = null;
    }
  }

  /// Returns the crates of a lockfile that are not stored.
  private List<CrateName> unknown(Lockfile lock) {
    return lock.fromCratesIo().stream()
        .map(LockedPackage::name)
        .filter(CrateName::isValid)
        .distinct()
        .map(CrateName::parse)
        .filter(name -> parts.store().freshness(name).isEmpty())
        .toList();
  }

  private void fail(String place, String why, Look look) {
    look.failed++;
    meters.failed();
    LOG.log(System.Logger.Level.WARNING, "lockfile {0} not read: {1}", shown(place), why);
  }

  /// Returns a place without the parts of an address that can be a secret.
  private static String shown(String place) {
    return place.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
  }
}
