package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.LockAnswers.Ground;
import lazaret.vetting.desk.LockAnswers.Question;
import lazaret.vetting.desk.LockReport.Line;
import lazaret.vetting.desk.LockReport.Standing;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.takeover.CrateHistory;
import org.jspecify.annotations.Nullable;

/// Holds a lockfile against the index and the rules.
final class LockCheck {
  private static final int PARALLEL = 16;

  private final GateParts parts;
  private final Gate gate;

  private final List<String> criteria;
  private final Vouching vouching;
  private final Ground ground;

  /// Prepares a check.
  ///
  /// @param criteria what somebody must vouch for beside; empty where the rules are all
  LockCheck(GateParts parts, Gate gate, List<String> criteria) {
    this.parts = parts;
    this.gate = gate;
    this.criteria = List.copyOf(criteria);
    this.vouching = new Vouching(parts, gate);
    Rulebook rulebook = gate.files().rulebook();
    this.ground = new Ground(rulebook, gate.files().head(), rulebook.age(parts.clock().instant()));
  }

  LockReport check(Lockfile lock) {
    Wrappers wrappers = new Wrappers(ground.rulebook().policy(), lock);
    return new LockReport(
        lock.packages().stream()
            .filter(p -> !(p.source() instanceof PackageSource.Local))
            .gather(Gatherers.mapConcurrent(PARALLEL, p -> wrappers.hold(check(p))))
            .toList(),
        lock.local());
  }

  private Line check(LockedPackage locked) {
    return switch (locked.source()) {
      case PackageSource.Git git -> foreign(locked, "comes from the git repository " + git.url());
      case PackageSource.OtherRegistry other ->
          foreign(locked, "comes from the registry " + other.url());
      case PackageSource.Local _ -> line(locked, Standing.SERVED, "part of the workspace");
      case PackageSource.CratesIo _ -> registered(locked);
    };
  }

  private Line foreign(LockedPackage locked, String told) {
    return ground.rulebook().policy().sources().allows(locked.source())
        ? line(locked, Standing.SERVED, told + ", as the policy allows")
        : line(locked, Standing.FOREIGN_SOURCE, told);
  }

  private Line registered(LockedPackage locked) {
    Sha256 checksum = locked.checksum();
    if (checksum == null) {
      return line(locked, Standing.FOREIGN_SOURCE, "the lockfile names no checksum for it");
    }
    CrateName name;
    try {
      name = CrateName.parse(locked.name());
    } catch (MalformedException e) {
      return line(locked, Standing.UNKNOWN, e.getMessage());
    }
    LockAnswers answers = gate.files().answers();
    Question question = new Question(name, locked.version(), checksum);
    Line known =
        criteria.isEmpty() ? answers.find(question, locked, ground, parts.clock().instant()) : null;
    return known != null ? known : looked(locked, question);
  }

  private Line looked(LockedPackage locked, Question question) {
    LockAnswers answers = gate.files().answers();
    long changes = answers.changes(question.name());
    return switch (gate.find(question.name(), locked.version())) {
      case Gate.Finding.None(DownloadOutcome.Unavailable none) ->
          line(locked, Standing.UNAVAILABLE, none.detail());
      case Gate.Finding.None(DownloadOutcome.Unknown none) ->
          line(locked, Standing.UNKNOWN, none.detail());
      case Gate.Finding.None none ->
          throw new IllegalStateException("a look-up cannot end as " + none.outcome());
      case Gate.Finding.Line found -> {
        Hearing hearing = found.file().under(ground.rulebook());
        Instant now = parts.clock().instant();
        Line line = judged(locked, question.checksum(), found, hearing, now);
        if (criteria.isEmpty()
            && found.file().head() == ground.head()
            && !leans(line, found.line(), hearing, now)) {
          answers.given(question, line, ground, hearing.until(now), changes, now);
        }
        yield line;
      }
    };
  }

  /// Tells whether what was answered may depend on other crates, for the package or for what is
  /// named in its place: only of young versions it is looked at who they depend on and resemble.
  private static boolean leans(Line line, HeldLine asked, Hearing hearing, Instant now) {
    return switch (line.standing()) {
      case SERVED -> CrateHistory.young(asked, now);
      case WITHHELD, NOT_VOUCHED_FOR ->
          hearing.lines().stream().anyMatch(l -> CrateHistory.young(l, now));
      case FOREIGN_SOURCE, TAMPERED, UNKNOWN, UNAVAILABLE -> false;
    };
  }

  private Line judged(
      LockedPackage locked,
      Sha256 checksum,
      Gate.Finding.Line found,
      Hearing hearing,
      Instant now) {
    Sha256 held = found.line().entry().cksum();
    if (!held.equals(checksum)) {
      return line(
          locked,
          Standing.TAMPERED,
          "the lockfile says sha256 %s, the index says %s".formatted(checksum.hex(), held.hex()));
    }
    Verdict verdict = hearing.judge(found.line(), now);
    if (!hearing.rulebook().policy().serves(verdict)) {
      return new Line(
          locked,
          Standing.WITHHELD,
          verdict.reasons(),
          verdict.reason().detail(),
          instead(locked.version(), found.file(), hearing).orElse(null));
    }
    String lack = lack(found.file(), found.line()).orElse(null);
    if (lack == null) {
      return new Line(locked, Standing.SERVED, verdict.reasons(), verdict.reason().detail(), null);
    }
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    reasons.addFirst(new Reason(Code.NOT_VOUCHED_FOR, lack));
    return new Line(
        locked,
        Standing.NOT_VOUCHED_FOR,
        reasons,
        lack,
        instead(locked.version(), found.file(), hearing).orElse(null));
  }

  private Optional<String> lack(CaseFile file, HeldLine line) {
    return criteria.isEmpty()
        ? Optional.empty()
        : vouching.verdict(file, line, criteria).lack(criteria);
  }

  private Optional<CrateVersion> instead(CrateVersion refused, CaseFile file, Hearing hearing) {
    Instant now = parts.clock().instant();
    Map<CrateVersion, HeldLine> lines = new HashMap<>();
    file.lines().stream()
        .filter(l -> !l.entry().yanked())
        .forEach(l -> lines.put(l.entry().version(), l));
    return Nearest.of(
        refused,
        lines.keySet(),
        version -> {
          HeldLine line = lines.get(version);
          return line != null && hearing.serves(line, now) && lack(file, line).isEmpty();
        });
  }

  private static Line line(LockedPackage locked, Standing standing, @Nullable String detail) {
    return new Line(locked, standing, List.of(), detail == null ? "" : detail, null);
  }
}
