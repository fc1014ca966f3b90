package lazaret.cli.lockfile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListItemInfo;
import lazaret.vetting.deskapi.lockfiles.RepairStepInfo;
import lazaret.vetting.json.Inline;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The result of one package of a lockfile. Its texts are foreign and not neutralized.
///
/// @param lockfile the lockfile as the user named it
/// @param entry the package in the lockfile
/// @param verdict the status with its reasons
/// @param repair the known repairs
public record PackageResult(
    String lockfile, @Inline Entry entry, @Inline PackageVerdict verdict, @Inline Repair repair) {
  /// Reasons without information of their own, or that all packages share.
  private static final Set<String> EXPLAINING =
      Set.of("not-inspected", "build-time-code", "no-publish-time", "feeds-old", "feeds-quiet");

  /// The length of the date in a point in time.
  private static final int DATE = "2027-02-25".length();

  private static final Set<String> KNOWN_TO_A_PERSON = Set.of("approved", "exempted");

  /// A package as the lockfile has it.
  ///
  /// @param name the name of the package
  /// @param version the version
  /// @param checksum the checksum in the lockfile; null if it has none, or without a gate
  /// @param source `crates-io`, `git+URL`, or the address of another registry
  /// @param line the line on which the package begins, from 1; 0 if it is not known
  public record Entry(
      String name, CrateVersion version, @Nullable Sha256 checksum, String source, long line) {}

  /// The status of a package.
  ///
  /// @param status the status, which `docs/reasons.md` explains
  /// @param detail one sentence with the cause
  /// @param reasons the reasons, the deciding one first; empty if no rule was evaluated
  /// @param expires the end of the approval or exemption that serves the version; null if it needs
  ///   none
  public record PackageVerdict(
      Status status, String detail, List<ReasonInfo> reasons, @Nullable Instant expires) {
    /// Copies the list.
    public PackageVerdict {
      reasons = List.copyOf(reasons);
    }
  }

  /// The known repairs of a package.
  ///
  /// @param replacement the nearest version that passes; null if the version itself passes, or none
  ///   does
  /// @param lower a lower version that meets the criteria and repairs nothing; null if there is
  ///   none
  /// @param compatible whether cargo regards `replacement` or `lower` as compatible
  /// @param onlyByBundle whether the artifact can only arrive by a bundle import. No decision here
  ///   makes it available.
  /// @param requiredBy the packages that depend on it, each `NAME@VERSION`; empty with a gate
  /// @param fixes the steps that repair the package; empty if no repair is necessary
  public record Repair(
      @Nullable CrateVersion replacement,
      @Nullable CrateVersion lower,
      boolean compatible,
      boolean onlyByBundle,
      List<String> requiredBy,
      List<Step> fixes) {
    /// No repair.
    static final Repair NONE = new Repair(null, null, false, false, List.of(), List.of());

    /// Copies the lists.
    public Repair {
      requiredBy = List.copyOf(requiredBy);
      fixes = List.copyOf(fixes);
    }
  }

  /// A step that repairs a lockfile.
  ///
  /// @param order the position in the steps for the lockfile, from 0
  /// @param kind the kind of the step
  /// @param text a command for cargo, or a sentence
  public record Step(int order, RepairStepInfo.Kind kind, String text) {}

  /// The status of a package.
  public enum Status implements Coded {
    /// The gate serves the version.
    SERVED("served"),
    /// No advisory stops the version; no gate was asked.
    CLEAR("clear"),
    /// The policy withholds the version.
    WITHHELD("withheld"),
    /// The version does not meet the requested criteria.
    CRITERIA_NOT_MET("criteria-not-met"),
    /// The checksum of the lockfile differs from that of the index.
    TAMPERED("tampered"),
    /// The gate knows no such crate or version.
    UNKNOWN("unknown"),
    /// Upstream did not respond.
    UNAVAILABLE("unavailable"),
    /// The package bypasses the gate.
    FOREIGN_SOURCE("foreign-source");

    private final String code;

    Status(String code) {
      this.code = code;
    }

    private static Status of(PackageStatus status) {
      return switch (status) {
        case SERVED -> SERVED;
        case WITHHELD -> WITHHELD;
        case CRITERIA_NOT_MET -> CRITERIA_NOT_MET;
        case TAMPERED -> TAMPERED;
        case UNKNOWN -> UNKNOWN;
        case UNAVAILABLE -> UNAVAILABLE;
        case FOREIGN_SOURCE -> FOREIGN_SOURCE;
      };
    }

    /// Returns the status as `docs/reasons.md` names it.
    @Override
    public String code() {
      return code;
    }
  }

  /// Returns the result of a package from the reply of a desk.
  ///
  /// @param lockfile the lockfile as the user named it
  /// @param fixes the steps for the lockfile, in their order
  static PackageResult of(String lockfile, LockfilePackageInfo found, List<RepairStepInfo> fixes) {
    return new PackageResult(
        lockfile,
        new Entry(found.name(), found.version(), found.checksum(), found.source(), found.line()),
        new PackageVerdict(
            Status.of(found.status()), found.detail(), found.reasons(), found.expires()),
        new Repair(
            found.replacement(),
            found.lower(),
            found.compatible(),
            found.onlyByBundle(),
            List.of(),
            steps(found.name() + "@" + found.version(), fixes)));
  }

  private static List<Step> steps(String spec, List<RepairStepInfo> fixes) {
    List<Step> own = new ArrayList<>();
    for (int i = 0; i < fixes.size(); i++) {
      RepairStepInfo fix = fixes.get(i);
      if (fix.repairs().contains(spec)) {
        own.add(new Step(i, fix.kind(), fix.text()));
      }
    }
    return own;
  }

  /// Returns the result of a package of a reading list.
  ///
  /// @param lockfile the lockfile as the user named it
  public static PackageResult of(String lockfile, ReadingListItemInfo found) {
    return new PackageResult(
        lockfile,
        new Entry(found.name(), found.version(), found.checksum(), found.source(), found.line()),
        new PackageVerdict(Status.of(found.status()), found.detail(), found.reasons(), null),
        new Repair(found.replacement(), null, found.compatible(), false, List.of(), List.of()));
  }

  /// Returns the line of the lockfile on which the package begins, from 1, or 0 if it is unknown.
  public int location() {
    return Math.toIntExact(Math.clamp(entry.line(), 0, Integer.MAX_VALUE));
  }

  /// Returns the name of the package.
  public String name() {
    return entry.name();
  }

  /// Returns the version of the package.
  public CrateVersion version() {
    return entry.version();
  }

  /// Returns the package in the form of cargo's package id specifications: `serde@1.0.9`.
  public String spec() {
    return name() + "@" + version();
  }

  /// Returns the status of the package.
  public Status status() {
    return verdict.status();
  }

  /// Returns whether a build may use the package.
  public boolean passes() {
    return status() == Status.SERVED || status() == Status.CLEAR;
  }

  /// Returns the exit code of a command for this package alone.
  public ExitCode exitCode() {
    return switch (status()) {
      case SERVED, CLEAR -> ExitCode.DONE;
      case TAMPERED -> ExitCode.TAMPERED;
      case UNAVAILABLE -> ExitCode.UNAVAILABLE;
      case UNKNOWN, FOREIGN_SOURCE -> ExitCode.UNKNOWN;
      case WITHHELD, CRITERIA_NOT_MET ->
          code().equals("feeds-stale") ? ExitCode.STALE : ExitCode.REFUSED;
    };
  }

  /// Returns the code of the deciding reason, or the status if no rule was evaluated.
  public String code() {
    return judged() ? reasons().getFirst().code() : status().code();
  }

  /// Returns whether the first reason decided. Advisories about a package that the gate does not
  /// know, or whose checksum is wrong, do not decide.
  private boolean judged() {
    return !reasons().isEmpty()
        && switch (status()) {
          case TAMPERED, UNAVAILABLE, UNKNOWN, FOREIGN_SOURCE -> false;
          case SERVED, CLEAR, WITHHELD, CRITERIA_NOT_MET -> true;
        };
  }

  /// Returns all reasons, the deciding one first, or an empty list if no rule was evaluated.
  public List<ReasonInfo> reasons() {
    return verdict.reasons();
  }

  /// Returns the deciding reason as a clause.
  public String detail() {
    return judged() ? reasons().getFirst().detail() : verdict.detail();
  }

  /// Returns the deciding reason, with its code if a rule was evaluated.
  public String decided() {
    return judged() ? VerdictText.reason(reasons().getFirst()) : verdict.detail();
  }

  /// Returns the explanation of the status: all reasons with information of their own, with their
  /// codes, the deciding one first.
  public String why() {
    if (reasons().isEmpty()) {
      return verdict.detail();
    }
    String before = judged() ? "" : verdict.detail() + "; ";
    Stream<ReasonInfo> others =
        reasons().stream().skip(1).filter(r -> !EXPLAINING.contains(r.code()));
    return Stream.concat(Stream.of(reasons().getFirst()), others)
        .map(VerdictText::reason)
        .collect(Collectors.joining("; ", before, ""));
  }

  /// Returns the warnings about a package that passes, or an empty list if it does not pass.
  public List<ReasonInfo> warnings() {
    List<ReasonInfo> warnings = new ArrayList<>(0);
    if (passes()) {
      for (ReasonInfo reason : reasons()) {
        if (reason.warns()) {
          warnings.add(reason);
        }
      }
    }
    return Collections.unmodifiableList(warnings);
  }

  /// Returns the end of the approval or exemption that serves the package: `exempted until
  /// 2027-02-25`. The result is empty if no decision serves it or if the decision has no end.
  public Optional<String> until() {
    Instant end = verdict.expires();
    return isKnown() && end != null
        ? Optional.of(code() + " until " + date(end.toString()))
        : Optional.empty();
  }

  /// Returns the date of a point in time: `2027-02-25`.
  static String date(String moment) {
    return moment.substring(0, Math.min(DATE, moment.length()));
  }

  /// Returns the warnings of a package that passes, after the end of the decision that serves it.
  public List<String> warnings(List<ReasonInfo> warned) {
    return Stream.concat(until().stream(), warned.stream().map(VerdictText::reason)).toList();
  }

  /// Returns whether a person approved or exempted the package, and so knew the warnings about it.
  public boolean isKnown() {
    return KNOWN_TO_A_PERSON.contains(code());
  }

  /// Returns the steps that repair the package. The list is empty if no repair is necessary.
  public List<Step> fixes() {
    return repair.fixes();
  }

  /// Returns the step that repairs the package, as commands or a sentence. The result is empty if
  /// no repair is necessary or the gate does not know one. A lower version is not a repair.
  public Optional<String> fix() {
    if (MalwareAdvice.isMalware(reasons())) {
      return Optional.of(MalwareAdvice.advice(name(), version().text()));
    }
    return switch (status()) {
      case WITHHELD -> Optional.of(withheld());
      case TAMPERED -> Optional.of("find out who changed the checksum, then restore the lockfile");
      case SERVED, CLEAR, CRITERIA_NOT_MET, UNKNOWN, UNAVAILABLE, FOREIGN_SOURCE ->
          Optional.empty();
    };
  }

  private String withheld() {
    String steps =
        fixes().stream()
            .filter(f -> f.kind() != RepairStepInfo.Kind.LOWER)
            .map(f -> f.kind() == RepairStepInfo.Kind.NONE && onlyByBundle() ? whom() : f.text())
            .collect(Collectors.joining(" && "));
    if (!steps.isEmpty()) {
      return steps;
    }
    if (!fixes().isEmpty()) {
      return "no later version of " + name() + " passes: " + whom();
    }
    CrateVersion instead = repair.replacement();
    if (instead == null || instead.compareTo(version()) < 0) {
      return "no version of " + name() + " passes: " + whom();
    }
    return repair.compatible()
        ? "cargo update -p " + spec() + " --precise " + instead
        : "raise "
            + (repair.requiredBy().isEmpty()
                ? "its dependents"
                : String.join(", ", repair.requiredBy()))
            + " to versions that accept "
            + name()
            + " "
            + instead;
  }

  private String whom() {
    return onlyByBundle()
        ? "its bytes come with a bundle; outside: vetting-cli bundle export FOLDER --keys KEYS"
            + " --crate "
            + spec()
        : "ask a reviewer";
  }

  /// Returns whether the artifact can only arrive by a bundle import. No decision here makes it
  /// available.
  public boolean onlyByBundle() {
    return repair.onlyByBundle();
  }
}
