package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.ReviewReport.Base;
import lazaret.vetting.desk.ReviewReport.Origin;
import lazaret.vetting.desk.ReviewReport.Unread;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The service that fetches a version for review and compares it with vetted ones. It uses the
/// ordinary admission: the bytes are checked, inspected and stored, but not served before a verdict
/// allows it.
final class Reviewing {
  private static final Set<Code> VOUCHED_FOR = EnumSet.of(Code.APPROVED, Code.AUDITED);

  /// The reasons that an advisory alone causes, and those that only explain the length of a
  /// cooldown.
  private static final Set<Code> ADVISED =
      EnumSet.of(
          Code.NOT_INSPECTED,
          Code.BUILD_TIME_CODE,
          Code.NO_PUBLISH_TIME,
          Code.VULNERABLE,
          Code.UNSOUND,
          Code.UNMAINTAINED,
          Code.ADVISORY_NOTICE,
          Code.FEEDS_OLD,
          Code.FEEDS_STALE);

  /// The maximum number of versions that are fetched for a base, above and below each.
  private static final int MAX_TRIES = 3;

  private final GateParts parts;
  private final CaseFiles files;
  private final Admission admission;
  private final DiffLimits limits;

  Reviewing(GateParts parts, CaseFiles files, Admission admission, DiffLimits limits) {
    this.parts = parts;
    this.files = files;
    this.admission = admission;
    this.limits = limits;
  }

  /// The result of a comparison.
  ///
  /// @param base the base, as in [ReviewReport]
  /// @param others the other bases, as in [ReviewReport]
  /// @param baseLine the line of the base; null if there is no base
  /// @param diff the difference, as in [ReviewReport]
  /// @param unread the reason for a missing difference, as in [ReviewReport]
  record Reading(
      @Nullable Base base,
      List<Base> others,
      @Nullable StoredLine baseLine,
      @Nullable CrateDiff diff,
      @Nullable Unread unread) {}

  /// Fetches one version and compares it.
  ///
  /// @param found the version as looked up
  /// @param asked the version for comparison; null selects the one with the least to read
  Reading read(VersionLookup.Found found, @Nullable CrateVersion asked) {
    return switch (fetch(found.line().entry().id())) {
      case Fetched.Not(Unread unread) -> new Reading(null, List.of(), null, null, unread);
      case Fetched.Held(CrateArchive archive) -> compare(found.file(), archive, asked);
    };
  }

  /// The result of fetching an artifact.
  sealed interface Fetched {
    record Held(CrateArchive archive) implements Fetched {}

    record Not(Unread unread) implements Fetched {}
  }

  /// Fetches an artifact through the ordinary admission.
  Fetched fetch(CrateId id) {
    return switch (admission.admit(id, parts.options().vettingWait()).orElse(null)) {
      case null -> not(ErrorCode.VETTING_IN_PROGRESS, "it is being fetched and inspected");
      case Admission.Admitted.Ready(Bytes bytes, var _) ->
          new Fetched.Held(new CrateArchive(id.name(), id.version(), bytes));
      case Admission.Admitted.Hostile hostile ->
          not(
              ErrorCode.REFUSED_BY_POLICY,
              "its archive is hostile and was discarded: "
                  + hostile.findings().problems().getFirst());
      case Admission.Admitted.Absent absent when files.byBundle(id.cksum()) ->
          not(absent.code(), "snapshot %d does not have its bytes".formatted(files.head()));
      case Admission.Admitted.Missed missed -> not(missed.code(), missed.detail(id));
    };
  }

  private static Fetched not(ErrorCode code, String detail) {
    return new Fetched.Not(new Unread(code, detail));
  }

  private record Candidate(StoredLine line, Origin origin) {}

  private record Compared(Candidate candidate, CrateDiff diff) {
    Base base() {
      return new Base(candidate.line().entry().version(), candidate.origin(), diff.stat());
    }
  }

  private Reading compare(CaseFile file, CrateArchive archive, @Nullable CrateVersion asked) {
    List<Compared> compared = new ArrayList<>();
    if (asked != null) {
      Candidate named = named(file, asked);
      switch (fetch(named.line().entry().id())) {
        case Fetched.Held(CrateArchive base) ->
            compared.add(new Compared(named, diff(base, archive)));
        // A reviewer who names a base does not want another one.
        case Fetched.Not(Unread unread) -> {
          Unread why = new Unread(unread.code(), "the base " + asked + ": " + unread.detail());
          return new Reading(null, List.of(), null, null, why);
        }
      }
    } else {
      for (List<StoredLine> side : sides(file, archive.version())) {
        nearest(side, archive).ifPresent(compared::add);
      }
    }
    if (compared.isEmpty()) {
      return new Reading(null, List.of(), null, diff(null, archive), null);
    }
    compared.sort(Comparator.comparing(c -> c.diff().stat()));
    Compared best = compared.getFirst();
    List<Base> others = compared.stream().skip(1).map(Compared::base).toList();
    return new Reading(best.base(), others, best.candidate().line(), best.diff(), null);
  }

  private CrateDiff diff(@Nullable CrateArchive base, CrateArchive archive) {
    return CrateDiff.between(base, archive, parts.options().inspectLimits(), limits);
  }

  private static Candidate named(CaseFile file, CrateVersion asked) {
    return file.line(asked)
        .map(line -> new Candidate(line, Origin.NAMED))
        .orElseThrow(
            () ->
                new MalformedException(
                    "cannot compare with '%s %s': there is no such version"
                        .formatted(file.crate().name().published(), asked.text())));
  }

  /// Returns the lower and the higher versions, each with the nearest first. A base is chosen on
  /// both sides, as cargo-vet chooses what to compare (*suggest*).
  private static List<List<StoredLine>> sides(CaseFile file, CrateVersion version) {
    List<StoredLine> ordered =
        file.lines().stream().sorted(Comparator.comparing(l -> l.entry().version())).toList();
    return List.of(
        ordered.stream()
            .filter(l -> l.entry().version().compareTo(version) < 0)
            .toList()
            .reversed(),
        ordered.stream().filter(l -> l.entry().version().compareTo(version) > 0).toList());
  }

  /// Returns the nearest version that is approved or that the rules would serve, fetched if it is
  /// not stored. A version that is refused after its inspection is skipped. So is one that cannot
  /// be fetched, since any base is better than none.
  private Optional<Compared> nearest(List<StoredLine> side, CrateArchive archive) {
    int tries = 0;
    for (StoredLine line : side) {
      if (origin(line).isEmpty()) {
        continue;
      }
      if (fetch(line.entry().id()) instanceof Fetched.Held(CrateArchive base)) {
        Optional<Origin> origin = origin(line);
        if (origin.isPresent()) {
          return Optional.of(new Compared(new Candidate(line, origin.get()), diff(base, archive)));
        }
      }
      if (++tries == MAX_TRIES) {
        break;
      }
    }
    return Optional.empty();
  }

  /// Returns the reason for which a version can be a base by its current data, or empty if it
  /// cannot.
  private Optional<Origin> origin(StoredLine line) {
    Instant now = parts.clock().instant();
    Hearing hearing = files.held(line.entry().name()).orElseThrow().under(files.rulebook());
    Origin origin = origin(hearing.judge(line, now));
    return origin != Origin.APPROVED && hearing.yanked(line, now)
        ? Optional.empty()
        : Optional.ofNullable(origin);
  }

  /// Returns the reason for which a verdict permits a version to be a base, or null if it does not.
  private static @Nullable Origin origin(Verdict verdict) {
    Set<Code> codes =
        verdict.reasons().stream()
            .map(Reason::code)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Code.class)));
    if (verdict.allows()) {
      return VOUCHED_FOR.contains(verdict.reason().code()) ? Origin.APPROVED : Origin.SERVED;
    }
    // A release must be compared with the version that it fixes.
    return ADVISED.containsAll(codes) ? Origin.ADVISED_AGAINST : null;
  }
}
