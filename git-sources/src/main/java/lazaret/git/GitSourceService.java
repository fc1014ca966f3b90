package lazaret.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.git.cargo.GitPackage;
import lazaret.git.cargo.GitPackageFinder;
import lazaret.git.tree.GitTreeFile;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourcePackage;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import org.jspecify.annotations.Nullable;

/// The Git sources of a gate: commits that lockfiles name, fetched, inspected and decided on.
/// Thread-safe; blocks.
public final class GitSourceService {
  private static final Duration TIME = Duration.ofMinutes(10);
  private static final int MAX_OUTPUT = 1 << 20;
  private static final long MAX_MEMORY = 1L << 30;
  private static final int MAX_SOURCES = 10_000;

  /// The maximum number of Git sources of one lockfile, each of which takes disk space.
  static final int MAX_PER_LOCKFILE = 100;

  private final GateContext parts;
  private final SiteFileService files;
  private final GitSourceSettings settings;
  private final GitPlace place;
  private final GitSourceInspector inspector;
  private final GitSourceDecisions decisions;

  /// Two fetches would use the disk twice.
  private final ReentrantLock fetches = new ReentrantLock();

  /// Creates a service.
  ///
  /// @param place where and how git works
  public GitSourceService(
      GateContext parts, SiteFileService files, GitSourceSettings settings, GitPlace place) {
    this.parts = parts;
    this.files = files;
    this.settings = settings;
    this.place = place;
    this.inspector = new GitSourceInspector(parts);
    this.decisions = new GitSourceDecisions(parts, files);
  }

  /// The result for one source of a lockfile.
  ///
  /// @param commit the commit; empty if the lockfile has none
  /// @param source the stored source; null if it was refused
  /// @param refusal the reason of the refusal; empty if there is none
  public record Admission(String url, String commit, @Nullable GitSource source, String refusal) {}

  /// Returns all sources, by address and commit.
  public List<GitSource> sources() {
    try (Stream<DeskRow> rows = parts.store().deskRows().list(DeskTable.GIT_SOURCES, "")) {
      return rows.limit(MAX_SOURCES)
          .map(row -> GitSourceCodec.decode(row.value()))
          .sorted(Comparator.comparing(GitSource::url).thenComparing(GitSource::commit))
          .toList();
    }
  }

  /// Returns a source, or empty if there is none.
  public Optional<GitSource> find(Sha256 key) {
    return parts
        .store()
        .deskRows()
        .find(DeskTable.GIT_SOURCES, key.hex())
        .map(GitSourceCodec::decode);
  }

  /// Fetches and inspects the Git dependencies of a lockfile that are not stored. A failure of one
  /// does not prevent the others.
  ///
  /// @param by the person or program that orders it
  /// @throws ProblemException `too-large` if it has more than a hundred of them
  public List<Admission> admit(Lockfile lockfile, String by) {
    Map<PackageSource.Git, List<LockedPackage>> wanted = new LinkedHashMap<>();
    for (LockedPackage each : lockfile.packages()) {
      if (each.source() instanceof PackageSource.Git git) {
        wanted.computeIfAbsent(git, _ -> new ArrayList<>()).add(each);
      }
    }
    if (wanted.size() > MAX_PER_LOCKFILE) {
      throw new ProblemException(
          ErrorCode.TOO_LARGE,
          "cannot fetch the Git dependencies: expected at most %d sources in a lockfile, found %d; divide the workspace"
              .formatted(MAX_PER_LOCKFILE, wanted.size()));
    }
    List<Admission> admissions = new ArrayList<>();
    wanted.forEach((git, packages) -> admissions.add(admit(git, packages, by)));
    return admissions;
  }

  private Admission admit(PackageSource.Git git, List<LockedPackage> packages, String by) {
    String named = git.commit();
    String commit = named == null ? "" : named;
    try {
      return new Admission(git.url(), commit, admitted(git, packages, by), "");
    } catch (LazaretException e) {
      return new Admission(git.url(), commit, null, String.valueOf(e.getMessage()));
    }
  }

  private GitSource admitted(PackageSource.Git git, List<LockedPackage> packages, String by) {
    GitAddress address = GitAddress.parse(git.url());
    String commit = git.commit();
    if (commit == null || !GitAddress.isCommit(commit)) {
      throw new ProblemException(
          ErrorCode.MALFORMED_INPUT,
          "cannot fetch '%s': the lockfile names no commit".formatted(git.url()));
    }
    if (!address.isAt(settings.hosts())) {
      throw new ProblemException(
          ErrorCode.REFUSED_BY_POLICY,
          "cannot fetch '%s': its host is not in 'git-sources.hosts', or the server is offline"
              .formatted(git.url()));
    }
    fetches.lock();
    try {
      GitSource before = GitSourceCodec.find(parts.store(), git).orElse(null);
      return before != null && isEnough(before, packages)
          ? before
          : fetched(new Wanted(address, git.url(), commit, packages, before), by);
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot store a Git source: " + e.getMessage(), e);
    } finally {
      fetches.unlock();
    }
  }

  /// Returns whether a source has the packages, and its tree, which a person can remove. Nobody
  /// needs them of a denied one, which is not fetched again.
  private boolean isEnough(GitSource source, List<LockedPackage> packages) throws IOException {
    return source.state() == GitSourceState.DENIED
        || (packages.stream().allMatch(each -> source.has(each.name(), each.version().text()))
            && files.find(SiteFileCollection.GIT, source.path()).isPresent()
            && files.files().find(source.file()).isPresent());
  }

  /// The commit that is fetched.
  ///
  /// @param before the stored source, which lacks packages or its tree; null if there is none
  private record Wanted(
      GitAddress address,
      String url,
      String commit,
      List<LockedPackage> packages,
      @Nullable GitSource before) {}

  private GitSource fetched(Wanted wanted, String by) throws IOException {
    Path work = place.newFolder();
    try {
      Path repository = Files.createDirectory(work.resolve("repository"));
      Path home = Files.createDirectory(work.resolve("home"));
      GitProgram git =
          new GitProgram(
              place.program(),
              home,
              new GitProgram.Limits(TIME, MAX_OUTPUT, settings.maxSize(), MAX_MEMORY));
      new GitFetcher(git, place, settings.credentials())
          .fetch(wanted.address(), wanted.commit(), repository);
      GitTreeReader reader = new GitTreeReader(git);
      Path file = work.resolve("tree.tar");
      reader.write(repository, wanted.commit(), file);
      String treeId = reader.treeId(repository, wanted.commit());
      try (GitTreeFile tree = GitTreeFile.open(file)) {
        return stored(wanted, treeId, new Read(tree, file), by);
      }
    } finally {
      GitPlace.delete(work);
    }
  }

  /// A tree that was read, and its file.
  private record Read(GitTreeFile tree, Path file) {}

  private GitSource stored(Wanted wanted, String treeId, Read read, String by) throws IOException {
    GitPackageFinder finder = new GitPackageFinder(read.tree());
    Set<GitPackage> packages = new LinkedHashSet<>();
    for (LockedPackage each : wanted.packages()) {
      packages.add(finder.find(CrateName.parse(each.name()), each.version()));
    }
    GitSource before = wanted.before();
    if (before != null) {
      checkSame(before, read.tree().hash());
      for (GitSourcePackage each : before.packages()) {
        packages.add(finder.find(CrateName.parse(each.name()), CrateVersion.parse(each.version())));
      }
    }
    List<GitSourceInspector.Inspected> inspected =
        inspector.inspect(
            finder, List.copyOf(packages), read.file().resolveSibling("package.crate"));
    SiteFile file = files.keep(read.file());
    List<GitSourcePackage> facts =
        inspected.stream().map(GitSourceInspector.Inspected::facts).toList();
    GitSource source =
        new GitSource(
            wanted.url(),
            wanted.commit(),
            treeId,
            read.tree().hash(),
            file.sha256(),
            file.length(),
            facts,
            parts.clock().instant(),
            by,
            GitSourceState.WAITING,
            null);
    return parts
        .store()
        .serially(
            WriteScope.SITE,
            () -> {
              // During the fetch a person may decide, and another node store other packages.
              GitSource now = find(Sha256.parse(source.key())).orElse(null);
              GitSource judged = now == null ? judged(source) : judged(source, now);
              List<Write> writes = new ArrayList<>();
              inspected.forEach(each -> writes.add(each.write()));
              writes.add(files.put(row(judged, file)));
              writes.add(new Write.PutDeskRow(GitSourceCodec.row(judged)));
              writes.add(decisions.notice(judged, by, "fetched"));
              parts.store().commit(Batch.synced(writes));
              return judged;
            });
  }

  private static void checkSame(GitSource before, Sha256 tree) {
    if (!before.treeHash().equals(tree)) {
      throw new ProblemException(
          ErrorCode.CKSUM_MISMATCH,
          "cannot use the commit %s: expected the tree %s, found %s"
              .formatted(before.commit(), before.treeHash(), tree));
    }
  }

  /// Returns a source with all packages that are known. A denial stays, and so does a decision on
  /// all of its packages.
  private GitSource judged(GitSource source, GitSource before) {
    checkSame(before, source.treeHash());
    GitSource all = source.joined(before);
    return before.state() == GitSourceState.DENIED || before.hasAll(all.packages())
        ? all.decided(before.state(), before.decision())
        : judged(all);
  }

  /// Approves a source without signals, if the settings say so.
  private GitSource judged(GitSource source) {
    boolean clean = source.packages().stream().allMatch(each -> each.signals().isEmpty());
    return clean && settings.approveClean()
        ? source.decided(
            GitSourceState.APPROVED,
            new GitSource.Decided(
                Notice.GATE, parts.clock().instant(), "no signal asks for a review"))
        : source;
  }

  private SiteFileRow row(GitSource source, SiteFile file) {
    return new SiteFileRow(
        SiteFileCollection.GIT,
        source.path(),
        file.sha256(),
        file.length(),
        "application/x-tar",
        parts.clock().instant(),
        source.by(),
        SiteFileRow.UPSTREAM,
        source.url() + "#" + source.commit());
  }

  /// The state of a source that a person saw.
  ///
  /// @param fetched the time of the fetch, which changes with the packages
  /// @param decision the time of the last decision; null if there was none
  public record Seen(Instant fetched, @Nullable Instant decision) {
    /// Returns the present state of a source.
    static Seen of(GitSource source) {
      GitSource.Decided last = source.decision();
      return new Seen(source.fetched(), last == null ? null : last.at());
    }
  }

  /// A decision on a source.
  ///
  /// @param treeHash the hash of the tree that was read
  /// @param reason the reason
  /// @param seen the state on which the person decided
  public record Order(Sha256 key, Sha256 treeHash, boolean approved, String reason, Seen seen) {}

  /// Records a decision. It counts for the packages that the source has now.
  ///
  /// @param by the person
  /// @throws ProblemException `unknown` if there is no such source, `stale` if it has another tree,
  ///   or was fetched or decided on since the person saw it
  public GitSource decide(Order order, String by) {
    return decisions.decide(order, by);
  }

  /// An order to remove a source.
  ///
  /// @param treeHash the hash of its tree
  /// @param reason the reason
  public record Removal(Sha256 key, Sha256 treeHash, String reason) {}

  /// Removes a source that waits, or the tree of one that was denied, which stays denied.
  ///
  /// @param by the person
  /// @return the source as it was
  /// @throws ProblemException `unknown` if there is no such source, `stale` if it has another tree,
  ///   `refused-by-policy` if it is approved
  public GitSource remove(Removal removal, String by) {
    return decisions.remove(removal, by);
  }

  /// Compares the file of a tree from another gate with the hash of the tree.
  ///
  /// @throws MalformedException if it is not the file of this tree
  /// @throws IOException if a disk fails
  void checkTree(GitSource source, SiteFile file) throws IOException {
    fetches.lock();
    try {
      Path work = place.newFolder();
      try (InputStream in = file.open(0)) {
        Path copy = work.resolve("tree.tar");
        Files.copy(in, copy);
        try (GitTreeFile tree = GitTreeFile.open(copy)) {
          if (!tree.hash().equals(source.treeHash())) {
            throw new MalformedException(
                "cannot accept the commit %s: expected the tree %s, found %s"
                    .formatted(source.commit(), source.treeHash(), tree.hash()));
          }
        }
      } finally {
        GitPlace.delete(work);
      }
    } finally {
      fetches.unlock();
    }
  }

  /// Opens the file of the tree of a source.
  ///
  /// @param from the position of the first byte
  /// @throws IOException if the file is missing or cannot be read
  public InputStream open(GitSource source, long from) throws IOException {
    return files
        .files()
        .find(source.file())
        .orElseThrow(() -> new IOException("its file is missing; add the lockfile again"))
        .open(from);
  }
}
