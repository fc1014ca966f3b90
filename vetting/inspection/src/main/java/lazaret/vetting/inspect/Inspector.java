package lazaret.vetting.inspect;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.Excerpt;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.ArchiveProblem;
import lazaret.vetting.archive.ArchiveProblemCode;
import lazaret.vetting.archive.ArchiveProblems;
import lazaret.vetting.archive.ArchiveReadResult;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.TarPath;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.inspect.manifest.CrateTargets;
import lazaret.vetting.inspect.manifest.TargetPath;
import lazaret.vetting.inspect.source.OccurrenceBudget;
import lazaret.vetting.linecheck.ManifestCheck;
import org.jspecify.annotations.Nullable;

/// The static analysis of `.crate` files: conformance of the archive, the facts of the manifest,
/// and the signals of sources and other files.
///
/// The bytes are read once. They are read again if a source pulls in a file that was not known to
/// be source or data when it passed. Thread-safe: each call has its own state.
public final class Inspector {
  /// The version of the rules. It increases with every change that could change findings.
  public static final int VERSION = 10;

  /// The number of problems of one archive after which the inspection stops.
  public static final int MAX_PROBLEMS = ArchiveProblems.MAX;

  /// The maximum number of signals of one crate.
  public static final int MAX_SIGNALS = SignalCollector.MAX;

  /// The number of times that pulled-in files are followed. A reviewer would not find deeper ones
  /// either.
  private static final int MAX_WALKS = 4;

  private static final String MANIFEST = "Cargo.toml";
  private static final String MANIFEST_KEY = TarPath.collisionKey(MANIFEST);
  private static final String BUILD_SCRIPT_KEY = "build.rs";
  private static final List<String> TARGETS = List.of("src/lib.rs", "src/main.rs");

  private final CrateId id;
  private final InspectLimits limits;
  private final IndicatorSet indicators;
  private final @Nullable IndexEntry line;
  private final Deadline deadline;
  private final OccurrenceBudget budget;
  private final SignalCollector signals = new SignalCollector();
  private final CrateScan scan;
  private final List<ArchiveProblem> manifestProblems = new ArrayList<>();
  private ManifestDetails details = new ManifestDetails();
  private @Nullable CrateManifest manifest;
  private boolean manifestMet;
  private final List<String> buildRsInRoot = new ArrayList<>();

  private Inspector(
      CrateId id,
      InspectLimits limits,
      Expected expected,
      Deadline deadline,
      OccurrenceBudget budget) {
    this.id = id;
    this.limits = limits;
    this.indicators = expected.indicators();
    this.line = expected.line();
    this.deadline = deadline;
    this.budget = budget;
    this.scan = new CrateScan(indicators, signals, indicators.rules().reader(deadline, budget));
  }

  /// External facts with which a crate is compared.
  ///
  /// @param indicators the indicators of compromise that no file may match
  /// @param line the index line of the crate, whose dependencies are compared with those of the
  ///   manifest; null for no comparison
  public record Expected(IndicatorSet indicators, @Nullable IndexEntry line) {}

  /// Inspects bytes without a time limit. They need not be those of the index line; the findings
  /// contain their digest.
  ///
  /// @param id the crate, version and checksum of the index line
  /// @param crate any bytes; none cause an exception
  public static Findings inspect(CrateId id, Bytes crate, InspectLimits limits) {
    var expected = new Expected(IndicatorSet.NONE, null);
    return new Inspector(id, limits, expected, Deadline.none(), OccurrenceBudget.none())
        .findings(crate, Sha256.of(crate));
  }

  /// Inspects verified bytes with indicators alone, without hashing them again.
  ///
  /// @param clock the clock that measures the time limit
  public static Findings inspect(
      VerifiedCrate crate, InspectLimits limits, IndicatorSet indicators, InstantSource clock) {
    return inspect(crate, limits, new Expected(indicators, null), clock);
  }

  /// Inspects verified bytes, without hashing them again.
  ///
  /// @param expected the external facts with which the files are compared
  /// @param clock the clock that measures the time limit
  public static Findings inspect(
      VerifiedCrate crate, InspectLimits limits, Expected expected, InstantSource clock) {
    Deadline deadline = Deadline.after(limits.time(), clock);
    return new Inspector(crate.id(), limits, expected, deadline, OccurrenceBudget.none())
        .findings(crate.bytes(), crate.id().cksum());
  }

  /// Returns the places that show the capabilities of an artifact. The sources are read as in an
  /// inspection, which keeps only the first places. Indicators of feeds are not searched.
  ///
  /// @param id the crate, version and checksum of the index line
  /// @param crate any bytes; those of an archive with problems have no places
  /// @param limits the limits of an inspection, which apply to this scan as well
  /// @param clock the clock that measures the time limit
  public static CapabilityTable capabilityTable(
      CrateId id, Bytes crate, InspectLimits limits, InstantSource clock) {
    var expected = new Expected(IndicatorSet.NONE, null);
    Deadline deadline = Deadline.after(limits.time(), clock);
    var budget = OccurrenceBudget.of(CapabilityTable.MAX_OF_SOURCE, CapabilityTable.MAX_OF_CRATE);
    return new Inspector(id, limits, expected, deadline, budget).capabilityTable(crate);
  }

  private CapabilityTable capabilityTable(Bytes crate) {
    var archive = new CrateArchive(id.name(), id.version(), crate);
    ArchiveReadResult walk = archive.walk(limits, this::visit);
    if (!walk.problems().isEmpty() || !manifestProblems.isEmpty()) {
      return CapabilityTable.NONE;
    }
    CrateTargets targets = targets(facts(walk));
    follow(archive, targets);
    Map<ExecutionContext, Set<String>> places = scan.sources().contexts(targets);
    var code = new ContextFacts(scan.sources(), targets).of(places, budget);
    boolean whole =
        !deadline.passed()
            && signals.list().stream().noneMatch(s -> s.code() == SignalCode.NOT_LOOKED_INTO);
    return new CapabilityTableBuilder(code, places.keySet()).build(archive, limits, whole);
  }

  private Findings findings(Bytes crate, Sha256 sha256) {
    var archive = new CrateArchive(id.name(), id.version(), crate);
    ArchiveReadResult walk = archive.walk(limits, this::visit);
    if (walk.whole() && !manifestMet) {
      complain(
          ArchiveProblemCode.MANIFEST_MISSING, MANIFEST, "there is none in the root of the crate");
    }
    if (walk.whole()) {
      checkTargets();
    }
    List<ArchiveProblem> problems = new ArrayList<>(walk.problems());
    problems.addAll(manifestProblems);
    if (problems.size() > MAX_PROBLEMS) {
      problems = problems.subList(0, MAX_PROBLEMS);
    }
    CrateFacts facts = facts(walk);
    if (!problems.isEmpty()) {
      return new Findings(sha256, VERSION, problems, facts);
    }
    if (indicators.names(sha256)) {
      signals.add(Signal.of(SignalCode.IOC_DIGEST, "", 0, "sha256 " + sha256.hex()));
    }
    CrateTargets targets = targets(facts);
    follow(archive, targets);
    var judgement = new FindingsBuilder(scan, signals, details, targets);
    Capabilities capabilities = judgement.build();
    if (deadline.passed()) {
      signals.add(
          Signal.of(SignalCode.TOO_SLOW, "", 0, "more than " + limits.time().toSeconds() + " s"));
    }
    return new Findings(
        sha256, VERSION, problems, facts, signals.list(), capabilities, judgement.trace());
  }

  /// Repeats the walk for files that sources pull in, until there are no new ones.
  private void follow(CrateArchive archive, CrateTargets targets) {
    CrateSources sources = scan.sources();
    List<String> roots = targets.build();
    Set<String> data = new HashSet<>(sources.unreadData(targets));
    for (int walks = 1; walks <= MAX_WALKS; walks++) {
      Set<String> source = sources.unreadSources();
      targets
          .all()
          .filter(root -> sources.holds(root) && !sources.all().containsKey(root))
          .forEach(source::add);
      source.addAll(
          sources.withoutFingerprint(targets.procMacro() ? sources.all().keySet() : roots));
      if (walks == 1 && details.renamesKnownCrates()) {
        source.addAll(scan.beforeManifest());
      }
      data.removeAll(sources.all().keySet());
      if ((source.isEmpty() && data.isEmpty()) || deadline.passed()) {
        return;
      }
      if (walks == MAX_WALKS) {
        source.addAll(data);
        source.forEach(path -> scan.left(path, "pulled in by files that are pulled in"));
        return;
      }
      archive.walk(
          limits,
          (entry, content) -> {
            if (source.contains(entry.path())) {
              scan.pulledIn(entry.path(), content, false);
            } else if (data.contains(entry.path())) {
              scan.pulledIn(entry.path(), content, true);
            }
          });
      data.addAll(sources.unreadData(targets));
    }
  }

  /// Returns the sources in which the targets begin. Cargo finds some targets without the manifest.
  /// On some platforms it finds a build script in the root in any case of its letters.
  private CrateTargets targets(CrateFacts facts) {
    List<String> build = details.buildScripts();
    if (!facts.buildScript()) {
      build = List.of();
    } else if (build.isEmpty()) {
      build = buildRsInRoot.isEmpty() ? List.of(BUILD_SCRIPT_KEY) : buildRsInRoot;
    }
    Stream<String> programs =
        scan.sources().all().keySet().stream().filter(path -> path.startsWith("src/bin/"));
    List<String> code =
        Stream.of(TARGETS.stream(), details.targets().stream(), programs)
            .flatMap(all -> all)
            .distinct()
            .toList();
    return new CrateTargets(build, code, facts.procMacro());
  }

  /// Reports targets that begin outside of the crate or in a missing file.
  private void checkTargets() {
    for (TargetPath path : details.paths()) {
      String what = path.key() + " = '" + Excerpt.of(path.written()) + "'";
      if (path.leavesCrate()) {
        complain(
            ArchiveProblemCode.MANIFEST_PATH_OUTSIDE,
            MANIFEST,
            "expected a path below the crate's folder, found " + what);
      } else if (path.normal().filter(scan.sources()::holds).isEmpty()) {
        if (path.key() == TargetPath.Key.PROGRAM) {
          signals.add(Signal.of(SignalCode.PROGRAM_MISSING, MANIFEST, 0, what));
        } else {
          complain(
              ArchiveProblemCode.MANIFEST_PATH_MISSING,
              MANIFEST,
              "expected the path of a file of the crate, found " + what);
        }
      }
    }
  }

  private CrateFacts facts(ArchiveReadResult walk) {
    CrateManifest read = manifest;
    if (read == null || read.defect() != null || !walk.whole()) {
      return CrateFacts.unread(walk.unpackedBytes(), walk.entries());
    }
    return new CrateFacts(
        read.hasBuildScript(!buildRsInRoot.isEmpty()),
        read.isProcMacro(),
        read.license(),
        read.links(),
        walk.unpackedBytes(),
        walk.entries());
  }

  private void visit(ArchiveEntry entry, EntryContent content) {
    if (entry.directory()) {
      return;
    }
    if (entry.inRoot()) {
      if (entry.path().equals(MANIFEST)) {
        manifestMet = true;
        readManifest(content);
        return;
      }
      String key = TarPath.collisionKey(entry.path());
      if (key.equals(MANIFEST_KEY)) {
        complain(
            ArchiveProblemCode.MANIFEST_WRONG_CASE,
            entry.path(),
            "it is " + MANIFEST + " on some file systems only");
      }
      // In any case: cargo would find it on Windows and macOS.
      if (key.equals(BUILD_SCRIPT_KEY)) {
        buildRsInRoot.add(entry.path());
      }
    }
    scan.file(entry, content);
  }

  private void readManifest(EntryContent content) {
    if (content.remaining() > limits.manifestBytes()) {
      complain(
          ArchiveProblemCode.MANIFEST_UNREADABLE,
          MANIFEST,
          "expected at most " + limits.manifestBytes() + " bytes, found " + content.remaining());
      return;
    }
    long size = content.remaining();
    Bytes text = content.read(limits.manifestBytes());
    if (text.length() < size) {
      return; // The archive is cut off here, and says so itself.
    }
    var read = new ManifestDetails();
    CrateManifest parsed = CrateManifest.read(text, read);
    manifest = parsed;
    String defect = parsed.defect();
    if (defect != null) {
      complain(ArchiveProblemCode.MANIFEST_UNREADABLE, MANIFEST, defect);
      return;
    }
    details = read;
    scan.manifest(MANIFEST, text, read);
    if (parsed.isProcMacro()) {
      scan.procMacro();
    }
    IndexEntry listed = line;
    if (listed != null) {
      ManifestCheck.mismatch(listed, text)
          .ifPresent(
              what ->
                  signals.add(
                      Signal.of(
                          SignalCode.LINE_MISMATCH, MANIFEST, 0, "the index line has " + what)));
    }
    expect("name", id.name().published(), parsed.name());
    // Cargo reads versions without the spaces around them.
    String version = parsed.version();
    expect("version", id.version().text(), version == null ? null : version.strip());
  }

  private void expect(String key, String inIndex, @Nullable String inManifest) {
    if (!Objects.equals(inIndex, inManifest)) {
      String found = inManifest == null ? "none" : "'" + Excerpt.of(inManifest) + "'";
      complain(
          ArchiveProblemCode.MANIFEST_MISMATCH,
          MANIFEST,
          "expected the " + key + " '" + inIndex + "' of the index, found " + found);
    }
  }

  private void complain(ArchiveProblemCode code, String path, String detail) {
    manifestProblems.add(new ArchiveProblem(code, path, detail));
  }
}
