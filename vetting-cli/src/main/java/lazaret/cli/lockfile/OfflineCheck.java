package lazaret.cli.lockfile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
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
import lazaret.vetting.lockfile.LockedPackage;
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

  /// The reason about the age of the feeds, shared by all packages. A text for each package would
  /// take longer than the rest of a check.
  private final JsonObject aged;

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
  public OfflineCheck(AdvisorySet advisories, @Nullable Coverage vouched, Instant now) {
    this.advisories = advisories;
    this.vouched = vouched;
    this.age = advisories.age(now, FeedAgeLimits.DEFAULT);
    this.aged = reason(code(age.state()), age.toString());
  }

  private static String code(FeedAge.State state) {
    return switch (state) {
      case NONE, FRESH, OLD -> "feeds-old";
      case QUIET -> "feeds-quiet";
      case STALE -> "feeds-stale";
    };
  }

  /// Returns the warning about the age of the feeds, or an empty list if they are fresh.
  public List<JsonObject> feedWarnings() {
    return age.warns() ? List.of(aged) : List.of();
  }

  /// Returns the status of each package that is not part of the workspace: `clear`, `withheld`,
  /// `not-vouched-for` or `foreign-source`.
  ///
  /// @param name the lockfile as the user named it
  public List<PackageResult> check(String name, Lockfile lock) {
    return lock.packages().stream()
        .filter(p -> !(p.source() instanceof PackageSource.Local))
        .map(p -> new PackageResult(line(name, p)))
        .map(p -> p.exitCode() == ExitCode.REFUSED ? requiredBy(p, lock) : p)
        .toList();
  }

  /// Adds the dependents of a package. Without a gate it is unknown which of their versions accept
  /// another version of it.
  private static PackageResult requiredBy(PackageResult line, Lockfile lock) {
    List<String> dependents =
        lock.packages().stream()
            .filter(
                p ->
                    p.dependencies().stream()
                        .anyMatch(
                            d ->
                                d.name().equals(line.name())
                                    && d.version().text().equals(line.version())))
            .map(p -> p.name() + "@" + p.version())
            .toList();
    return new PackageResult(line.json().toBuilder().texts("required_by", dependents).build());
  }

  private JsonObject line(String lockfile, LockedPackage locked) {
    JsonObject.Builder line =
        JsonObject.builder()
            .put("lockfile", lockfile)
            .put("name", locked.name())
            .put("version", locked.version().text())
            .put("line", locked.line());
    return locked.fromCratesIo()
        ? judged(line.put("source", "crates-io"), locked)
        : elsewhere(line, locked);
  }

  private JsonObject elsewhere(JsonObject.Builder line, LockedPackage locked) {
    Sha256 checksum = locked.checksum();
    List<JsonObject> named =
        (checksum == null ? List.<AdvisoryGroup>of() : advisories.hits(checksum))
            .stream().map(hit -> reason(code(hit.kind()), told(hit))).toList();
    PackageSource source = locked.source();
    return switch (source) {
      case PackageSource.CratesIo _, PackageSource.Local _ ->
          throw new IllegalArgumentException("comes through the gate or from here: " + source);
      case PackageSource.Git git ->
          foreign(line, "git+" + git.url(), "the git repository " + git.url(), named);
      case PackageSource.OtherRegistry other ->
          foreign(line, other.url(), "the registry " + other.url(), named);
    };
  }

  private static JsonObject foreign(
      JsonObject.Builder line, String source, String what, List<JsonObject> named) {
    line.put("source", source)
        .put("standing", MalwareAdvice.among(named) ? "withheld" : "foreign-source")
        .put("detail", "comes from " + what);
    return (named.isEmpty() ? line : line.list("reasons", named, r -> r)).build();
  }

  private JsonObject judged(JsonObject.Builder line, LockedPackage locked) {
    CrateName name = CrateName.parse(locked.name());
    List<JsonObject> stops = new ArrayList<>();
    List<JsonObject> warnings = new ArrayList<>();
    for (AdvisoryGroup hit : advisories.hits(name, locked.version(), locked.checksum())) {
      (stops(hit) ? stops : warnings).add(reason(code(hit.kind()), told(hit)));
    }
    if (age.state() == FeedAge.State.STALE) {
      stops.add(aged);
    } else if (age.warns()) {
      warnings.add(aged);
    }
    String lack = vouched != null ? vouched.lack(name, locked.version()).orElse(null) : null;
    List<JsonObject> reasons = new ArrayList<>(stops);
    if (lack != null) {
      reasons.add(reason("not-vouched-for", lack));
    }
    if (stops.isEmpty()) {
      reasons.add(reason("clear", "no advisory stops it"));
    } else if (!stops.getFirst().words("code").equals("feeds-stale")) {
      fix(line, name, locked.version());
    }
    reasons.addAll(warnings);
    String standing = !stops.isEmpty() ? "withheld" : lack != null ? "not-vouched-for" : "clear";
    return line.put("standing", standing)
        .put("detail", reasons.getFirst().words("detail"))
        .list("reasons", reasons, r -> r)
        .build();
  }

  private void fix(JsonObject.Builder line, CrateName name, CrateVersion version) {
    Optional<CrateVersion> fix = advisories.fix(name, version);
    fix.ifPresent(
        found ->
            line.put("instead", found.text())
                .put("compatible", VersionReq.parse("^" + version.text()).matches(found)));
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

  private static String told(AdvisoryGroup hit) {
    String rating =
        hit.kind() == AdvisoryKind.VULNERABILITY ? ", " + hit.rating().acceptedBefore() : "";
    return hit.id() + rating + ": " + hit.leading().title();
  }

  private static JsonObject reason(String code, String detail) {
    return JsonObject.builder().put("code", code).put("detail", detail).build();
  }
}
