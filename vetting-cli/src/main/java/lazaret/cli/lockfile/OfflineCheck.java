package lazaret.cli.lockfile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import org.jspecify.annotations.Nullable;

/// A check of lockfiles without a gate, with only advisories and the default policy. Malware and
/// vulnerabilities that are high, critical or not rated stop a build, and the rest are warnings. If
/// audits are given, each package must also have the required criteria.
public final class OfflineCheck {
  /// The checks that are not possible without a gate.
  public static final List<String> UNCHECKED = List.of("approval", "checksum", "age");

  private final AdvisorySet advisories;
  private final FeedAge age;
  private final @Nullable Coverage vouched;
  private final Predicate<String> own;

  /// The reason about the age of the feeds, shared by all packages. A text for each package would
  /// take longer than the rest of a check.
  private final ReasonInfo aged;

  /// The additional requirement that each package is audited.
  ///
  /// @param audits the imported audits
  /// @param criteria the required criteria of each package, at least one
  public record Coverage(AuditSet audits, List<String> criteria) {
    /// Copies the list.
    public Coverage {
      criteria = List.copyOf(criteria);
    }

    private Optional<String> lack(CrateName name, CrateVersion version) {
      return audits.verdict(name, version, criteria).lack(criteria);
    }
  }

  /// Creates a check.
  ///
  /// @param vouched the required audits, or null if only advisories are checked
  /// @param now the time for the age of the feeds
  /// @param own whether the user trusts a private registry. The form of an address proves nothing.
  public OfflineCheck(
      AdvisorySet advisories, @Nullable Coverage vouched, Instant now, Predicate<String> own) {
    this.own = own;
    this.advisories = advisories;
    this.vouched = vouched;
    this.age = advisories.age(now, FeedAgeLimits.DEFAULT);
    this.aged = new ReasonInfo(code(age.state()), age.toString());
  }

  private static String code(FeedAge.State state) {
    return switch (state) {
      case NONE, FRESH, OLD -> "feeds-old";
      case QUIET -> "feeds-quiet";
      case STALE -> "feeds-stale";
    };
  }

  /// Returns the warning about the age of the feeds, or an empty list if they are fresh.
  public List<ReasonInfo> feedWarnings() {
    return age.warns() ? List.of(aged) : List.of();
  }

  /// Returns the result of each package that is not part of the workspace. Its status is `clear`,
  /// `withheld`, `criteria-not-met` or `foreign-source`.
  ///
  /// @param name the lockfile as the user named it
  public List<PackageResult> check(String name, Lockfile lock) {
    return lock.packages().stream()
        .filter(p -> !(p.source() instanceof PackageSource.Local))
        .map(p -> p.fromCratesIo() ? judged(name, p) : elsewhere(name, p))
        .map(p -> p.exitCode() == ExitCode.REFUSED ? requiredBy(p, lock) : p)
        .toList();
  }

  /// Adds the dependents of a package. Without a gate it is unknown which of their versions accept
  /// another version of it.
  private static PackageResult requiredBy(PackageResult line, Lockfile lock) {
    List<String> dependents = new ArrayList<>();
    // Loops, since each withheld package visits all others.
    for (LockedPackage p : lock.packages()) {
      for (LockedPackageId d : p.dependencies()) {
        if (d.name().equals(line.name()) && d.version().equals(line.version())) {
          dependents.add(p.name() + "@" + p.version());
          break;
        }
      }
    }
    PackageResult.Repair repair = line.repair();
    return new PackageResult(
        line.lockfile(),
        line.entry(),
        line.verdict(),
        new PackageResult.Repair(
            repair.replacement(), null, repair.compatible(), false, dependents, List.of()));
  }

  private PackageResult elsewhere(String lockfile, LockedPackage locked) {
    Sha256 checksum = locked.checksum();
    List<ReasonInfo> named =
        (checksum == null ? List.<AdvisoryGroup>of() : advisories.hits(checksum))
            .stream().map(OfflineCheck::reason).toList();
    String source =
        switch (locked.source()) {
          case PackageSource.CratesIo _, PackageSource.Local _ ->
              throw new IllegalArgumentException("comes through the gate: " + locked.source());
          case PackageSource.Git git -> "git+" + git.url();
          case PackageSource.OtherRegistry other -> other.url();
          // No public advisory means it by its name.
          case PackageSource.Private own -> own.url();
        };
    String what =
        locked.source() instanceof PackageSource.Git git
            ? "the git repository " + git.url()
            : "the registry " + source;
    PackageResult.Status status =
        MalwareAdvice.isMalware(named)
            ? PackageResult.Status.WITHHELD
            : locked.throughGate() && own.test(source)
                ? PackageResult.Status.CLEAR
                : PackageResult.Status.FOREIGN_SOURCE;
    return new PackageResult(
        lockfile,
        entry(locked, source),
        new PackageResult.PackageVerdict(status, "comes from " + what, named, null),
        PackageResult.Repair.NONE);
  }

  private static PackageResult.Entry entry(LockedPackage locked, String source) {
    return new PackageResult.Entry(locked.name(), locked.version(), null, source, locked.line());
  }

  private PackageResult judged(String lockfile, LockedPackage locked) {
    CrateName name = CrateName.parse(locked.name());
    List<ReasonInfo> stops = new ArrayList<>();
    List<ReasonInfo> warnings = new ArrayList<>();
    for (AdvisoryGroup hit : advisories.hits(name, locked.version(), locked.checksum())) {
      (stops(hit) ? stops : warnings).add(reason(hit));
    }
    if (age.state() == FeedAge.State.STALE) {
      stops.add(aged);
    } else if (age.warns()) {
      warnings.add(aged);
    }
    String lack = vouched != null ? vouched.lack(name, locked.version()).orElse(null) : null;
    List<ReasonInfo> reasons = new ArrayList<>(stops);
    if (lack != null) {
      reasons.add(new ReasonInfo("criteria-not-met", lack));
    }
    if (stops.isEmpty()) {
      reasons.add(new ReasonInfo("clear", "no advisory stops it"));
    }
    reasons.addAll(warnings);
    boolean advised = !stops.isEmpty() && !stops.getFirst().code().equals("feeds-stale");
    return new PackageResult(
        lockfile,
        entry(locked, "crates-io"),
        new PackageResult.PackageVerdict(
            status(stops, lack), reasons.getFirst().detail(), reasons, null),
        advised ? repair(name, locked.version()) : PackageResult.Repair.NONE);
  }

  private static PackageResult.Status status(List<ReasonInfo> stops, @Nullable String lack) {
    if (!stops.isEmpty()) {
      return PackageResult.Status.WITHHELD;
    }
    return lack == null ? PackageResult.Status.CLEAR : PackageResult.Status.CRITERIA_NOT_MET;
  }

  private PackageResult.Repair repair(CrateName name, CrateVersion version) {
    return advisories
        .fix(name, version)
        .map(
            found ->
                new PackageResult.Repair(
                    found,
                    null,
                    VersionReq.parse("^" + version.text()).matches(found),
                    false,
                    List.of(),
                    List.of()))
        .orElse(PackageResult.Repair.NONE);
  }

  private static boolean stops(AdvisoryGroup hit) {
    return switch (hit.kind()) {
      case MALWARE -> true;
      case VULNERABILITY -> {
        Severity severity = hit.rating().severity();
        yield severity == Severity.HIGH
            || severity == Severity.CRITICAL
            || severity == Severity.UNKNOWN;
      }
      case UNSOUND, UNMAINTAINED, NOTICE -> false;
    };
  }

  private static String code(AdvisoryKind kind) {
    return switch (kind) {
      case MALWARE -> "malware";
      case VULNERABILITY -> "vulnerable";
      case UNSOUND -> "unsound";
      case UNMAINTAINED -> "unmaintained";
      case NOTICE -> "advisory-notice";
    };
  }

  private static String detail(AdvisoryGroup hit) {
    String rating =
        hit.kind() == AdvisoryKind.VULNERABILITY ? ", " + hit.rating().acceptedBefore() : "";
    return hit.id() + rating + ": " + hit.leading().title();
  }

  private static ReasonInfo reason(AdvisoryGroup hit) {
    return new ReasonInfo(code(hit.kind()), detail(hit));
  }
}
