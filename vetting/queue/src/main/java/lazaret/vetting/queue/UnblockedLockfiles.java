package lazaret.vetting.queue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Infos;
import lazaret.vetting.desk.requests.RequestQueue;
import lazaret.vetting.deskapi.lockfiles.RequiredVersionInfo;
import lazaret.vetting.deskapi.requests.StillWithheldInfo;
import lazaret.vetting.deskapi.requests.UnblockedLockfileInfo;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesReply;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The received lockfiles that a decision to serve some versions would let pass, and the versions
/// that would stay withheld in them. One run reads stored index files only; not thread-safe.
final class UnblockedLockfiles {
  /// The maximum number of lockfiles that are examined, the latest ones.
  static final int MAX_LOCKFILES = 50;

  /// The maximum number of withheld versions that are listed for one lockfile.
  static final int MAX_WITHHELD = 20;

  /// The maximum number of different packages that one run evaluates.
  private static final int MAX_PACKAGES = 5_000;

  private static final String UNNAMED = "-";

  private final CrateStates files;
  private final Clock clock;
  private final SightingIndex sightings;
  private final Map<String, Evaluated> known = new HashMap<>();

  UnblockedLockfiles(CrateStates files, Clock clock, SightingIndex sightings) {
    this.files = files;
    this.clock = clock;
    this.sightings = sightings;
  }

  /// The state of a package now.
  ///
  /// @param withheld the version with its verdict; null if it is served, or unknown
  /// @param unknown whether no stored index file lists it
  private record Evaluated(@Nullable RequiredVersionInfo withheld, boolean unknown) {
    static final Evaluated SERVED = new Evaluated(null, false);
    static final Evaluated UNKNOWN = new Evaluated(null, true);
  }

  /// Returns the lockfiles that contain one of some versions.
  ///
  /// @param versions the versions that the decision would serve
  UnblockedLockfilesReply of(List<RequestQueue.Key> versions) {
    Set<String> decided = new LinkedHashSet<>();
    versions.forEach(key -> decided.add(QueueRow.key(key.name(), key.version())));
    List<SightingIndex.Sighted> all = sightings.containing(List.copyOf(decided));
    List<UnblockedLockfileInfo> lockfiles =
        all.stream()
            .limit(MAX_LOCKFILES)
            .map(sighted -> info(sighted, decided))
            .sorted(
                Comparator.comparing((UnblockedLockfileInfo info) -> !info.passes())
                    .thenComparing(UnblockedLockfileInfo::last, Comparator.reverseOrder()))
            .toList();
    return new UnblockedLockfilesReply(lockfiles, all.size() - lockfiles.size());
  }

  private UnblockedLockfileInfo info(SightingIndex.Sighted sighted, Set<String> decided) {
    List<RequiredVersionInfo> withheld = new ArrayList<>();
    long unblocked = 0;
    long unknown = 0;
    boolean complete = true;
    for (String name : sighted.packages()) {
      Evaluated found = found(name);
      if (found == null) {
        complete = false;
      } else if (found.unknown()) {
        unknown++;
      } else if (found.withheld() != null && decided.contains(name)) {
        unblocked++;
      } else if (found.withheld() != null) {
        withheld.add(found.withheld());
      }
    }
    return new UnblockedLockfileInfo(
        sighted.digest(),
        named(sighted.sighting().name()),
        sighted.sighting().token().equals(Requester.ANONYMOUS) ? null : sighted.sighting().token(),
        sighted.sighting().last(),
        unblocked,
        complete && unknown == 0 && withheld.isEmpty(),
        new StillWithheldInfo(
            withheld.stream().limit(MAX_WITHHELD).toList(),
            Math.max(0, withheld.size() - MAX_WITHHELD),
            unknown,
            complete));
  }

  private static @Nullable String named(String name) {
    return name.equals(UNNAMED) ? null : name;
  }

  /// Returns the state of a package, or null if the limit of packages is reached.
  private @Nullable Evaluated found(String name) {
    Evaluated before = known.get(name);
    if (before != null || known.size() >= MAX_PACKAGES) {
      return before;
    }
    Evaluated found = evaluated(name);
    known.put(name, found);
    return found;
  }

  private Evaluated evaluated(String name) {
    int space = name.indexOf(' ');
    try {
      CrateState file = files.find(CrateName.parse(name.substring(0, space))).orElse(null);
      CrateVersion version = CrateVersion.parse(name.substring(space + 1));
      StoredLine line = file == null ? null : file.line(version).orElse(null);
      if (file == null || line == null) {
        return Evaluated.UNKNOWN;
      }
      CrateEvaluation evaluation = file.under(files.rulebook());
      Verdict verdict = evaluation.evaluate(line, clock.instant());
      return evaluation.rulebook().policy().serves(verdict)
          ? Evaluated.SERVED
          : new Evaluated(withheld(line, verdict), false);
    } catch (MalformedException _) {
      return Evaluated.UNKNOWN;
    }
  }

  private static RequiredVersionInfo withheld(StoredLine line, Verdict verdict) {
    return new RequiredVersionInfo(
        line.entry().name(),
        line.entry().version(),
        line.entry().cksum(),
        line.entry().yanked(),
        Infos.deciding(verdict));
  }
}
