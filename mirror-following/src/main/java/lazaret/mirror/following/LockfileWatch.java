package lazaret.mirror.following;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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

/// The watch of folders, files and addresses of lockfiles. Each lockfile is recorded as if a client
/// had submitted it, and its crates become known. Links are not followed. One thread at a time.
final class LockfileWatch {
  private static final System.Logger LOG = System.getLogger(LockfileWatch.class.getName());

  /// The maximum number of lockfiles.
  static final int MAX_FILES = 10_000;

  private static final int MAX_DEPTH = 16;
  private static final String NAME = "Cargo.lock";

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

  /// Reads the lockfiles, if it is time.
  void look() throws InterruptedException {
    Instant now = parts.clock().instant();
    if (parts.settings().lockfiles().isEmpty() || now.isBefore(next)) {
      return;
    }
    next = now.plus(parts.settings().lockfileInterval());
    List<String> failed = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String place : parts.settings().lockfiles()) {
      if (place.startsWith("https://") || place.startsWith("http://")) {
        seen.add(place);
        fetch(place, failed);
      } else {
        search(place, seen, failed);
      }
    }
    known.keySet().retainAll(seen);
    if (failed.isEmpty()) {
      meters.works(Part.LOCKFILES);
    } else {
      meters.failing(Part.LOCKFILES, "watched lockfiles that were not read: " + failed.size());
    }
  }

  private void fetch(String place, List<String> failed) throws InterruptedException {
    URI address;
    try {
      address = new URI(place);
    } catch (URISyntaxException _) {
      fail(place, "it is not an address", failed);
      return;
    }
    Known before = known.get(place);
    Validators validators = before == null ? Validators.NONE : before.validators();
    budget.awaitTurn();
    switch (parts.lockfiles().fetch(address, validators, Lockfile.MAX_BYTES)) {
      case FeedClient.Fetched.Received(Bytes file, Validators received) -> {
        budget.received(file.length());
        recordSeen(place, file, received, failed);
      }
      case FeedClient.Fetched.NotModified _ -> {
        // Nothing to read; once a day it is requested as a whole, so that its record stays.
        if (before != null && !isRecent(before)) {
          known.put(
              place, new Known(before.digest(), Validators.NONE, before.at(), before.complete()));
        }
      }
      case FeedClient.Fetched.Failed(String why) -> fail(place, why, failed);
    }
  }

  private boolean isRecent(Known before) {
    return before.complete() && TimeSpan.from(before.at(), RECORDED).holds(parts.clock().instant());
  }

  private void search(String place, Set<String> seen, List<String> failed)
      throws InterruptedException {
    List<Path> files = new ArrayList<>();
    try {
      Path root = Path.of(place);
      if (Files.isDirectory(root)) {
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, visitor(files));
      } else if (Files.isRegularFile(root)) {
        files.add(root);
      } else {
        fail(place, "there is no such file or folder", failed);
      }
    } catch (IOException | InvalidPathException e) {
      fail(place, e.getClass().getSimpleName(), failed);
    }
    for (Path file : files) {
      String name = file.toString();
      if (seen.size() == MAX_FILES) {
        fail(name, "at most " + MAX_FILES + " lockfiles are watched", failed);
        return;
      }
      if (seen.add(name)) {
        read(file, failed);
      }
    }
  }

  private static FileVisitor<Path> visitor(List<Path> files) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return SKIPPED.contains(String.valueOf(folder.getFileName()))
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

  private void read(Path file, List<String> failed) throws InterruptedException {
    try {
      if (Files.size(file) > Lockfile.MAX_BYTES) {
        fail(file.toString(), "it is longer than " + Lockfile.MAX_BYTES + " bytes", failed);
        return;
      }
      recordSeen(file.toString(), Bytes.of(Files.readAllBytes(file)), Validators.NONE, failed);
    } catch (IOException e) {
      fail(file.toString(), e.getClass().getSimpleName(), failed);
    }
  }

  private void recordSeen(String place, Bytes file, Validators validators, List<String> failed)
      throws InterruptedException {
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
      boolean complete = refresher.refreshAll(unknown(lock)).isEmpty();
      known.put(place, new Known(digest, validators, parts.clock().instant(), complete));
    } catch (MalformedException e) {
      fail(place, String.valueOf(e.getMessage()), failed);
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

  private void fail(String place, String why, List<String> failed) {
    failed.add(place);
    meters.failed();
    LOG.log(System.Logger.Level.WARNING, "lockfile {0} not read: {1}", shown(place), why);
  }

  /// Returns a place without the parts of an address that can be a secret.
  private static String shown(String place) {
    return place.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
  }
}
