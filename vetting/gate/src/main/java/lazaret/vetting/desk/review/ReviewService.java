package lazaret.vetting.desk.review;

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
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.ReviewReport.Base;
import lazaret.vetting.desk.review.ReviewReport.BaseOrigin;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The service that fetches a version for review and compares it with vetted ones. It uses the
/// ordinary admission: the bytes are checked, inspected and stored, but not served before a verdict
/// allows it.
public final class ReviewService {
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

  private final GateContext parts;
  private final CrateStates files;
  private final Admission admission;
  private final DiffLimits limits;

  public ReviewService(
      GateContext parts, CrateStates files, Admission admission, DiffLimits limits) {
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
  public record Comparison(
      @Nullable Base base,
      List<Base> others,
      @Nullable StoredLine baseLine,
      @Nullable CrateDiff diff,
      @Nullable NotReadable unread) {}

  /// Fetches one version and compares it.
  ///
  /// @param found the version as looked up
  /// @param asked the version for comparison; null selects the one with the least to read
  public Comparison read(VersionLookup.Found found, @Nullable CrateVersion asked) {
    return switch (fetch(found.line().entry().id())) {
      case Fetched.Unavailable(NotReadable unread) ->
          new Comparison(null, List.of(), null, null, unread);
      case Fetched.Available(CrateArchive archive) -> compare(found.file(), archive, asked);
    };
  }

  /// The result of fetching an artifact.
  public sealed interface Fetched {
    /// A success.
    ///
    /// @param archive the artifact
    record Available(CrateArchive archive) implements Fetched {}

    /// A failure.
    ///
    /// @param unread the cause
    record Unavailable(NotReadable unread) implements Fetched {}
  }

  /// Fetches an artifact through the ordinary admission.
  public Fetched fetch(CrateId id) {
    return switch (admission.admit(id, parts.options().vettingWait()).orElse(null)) {
      case null -> not(ErrorCode.VETTING_IN_PROGRESS, "it is being fetched and inspected");
      case Admission.Outcome.Ready(Bytes bytes, var _) ->
          new Fetched.Available(new CrateArchive(id.name(), id.version(), bytes));
      case Admission.Outcome.Hostile hostile ->
          not(
              ErrorCode.REFUSED_BY_POLICY,
              "its archive is hostile and was discarded: "
                  + hostile.findings().problems().getFirst());
      case Admission.Outcome.Absent absent when files.onlyByBundle(id.cksum()) ->
          not(absent.code(), "snapshot %d does not have its bytes".formatted(files.head()));
      case Admission.Outcome.NotFetched missed -> not(missed.code(), missed.detail(id));
    };
  }

  private static Fetched not(ErrorCode code, String detail) {
    return new Fetched.Unavailable(new NotReadable(code, detail));
  }

  /// The base that a review selects.
  sealed interface Selection {
    /// A success.
    ///
    /// @param base the line of the base; null if the whole version must be read
    record Selected(@Nullable StoredLine base) implements Selection {}

    /// A failure.
    ///
    /// @param why the reason for which the artifact cannot be read
    record Unread(NotReadable why) implements Selection {}
  }

  /// Selects the base with the least to read. Artifacts are compared only if there are two
  /// candidates.
  Selection select(VersionLookup.Found found) {
    return switch (fetch(found.line().entry().id())) {
      case Fetched.Unavailable(NotReadable unread) -> new Selection.Unread(unread);
      case Fetched.Available(CrateArchive archive) -> {
        List<Candidate> candidates = candidates(found.file(), archive.version());
        StoredLine only = candidates.isEmpty() ? null : candidates.getFirst().line();
        yield new Selection.Selected(
            candidates.size() < 2 ? only : compare(found.file(), archive, null).baseLine());
      }
    };
  }

  /// Returns whether a version can be the base of a review now.
  boolean vetted(StoredLine line) {
    return origin(line).isPresent();
  }

  private record Candidate(StoredLine line, BaseOrigin origin, CrateArchive archive) {}

  private record Compared(Candidate candidate, CrateDiff diff) {
    Base base() {
      return new Base(candidate.line().entry().version(), candidate.origin(), diff.stat());
    }
  }

  private Comparison compare(CrateState file, CrateArchive archive, @Nullable CrateVersion asked) {
    List<Compared> compared = new ArrayList<>();
    if (asked != null) {
      StoredLine named = line(file, asked);
      switch (fetch(named.entry().id())) {
        case Fetched.Available(CrateArchive base) ->
            compared.add(
                new Compared(new Candidate(named, BaseOrigin.NAMED, base), diff(base, archive)));
        // A reviewer who names a base does not want another one.
        case Fetched.Unavailable(NotReadable unread) -> {
          NotReadable why =
              new NotReadable(unread.code(), "the base " + asked + ": " + unread.detail());
          return new Comparison(null, List.of(), null, null, why);
        }
      }
    } else {
      for (Candidate each : candidates(file, archive.version())) {
        compared.add(new Compared(each, diff(each.archive(), archive)));
      }
    }
    if (compared.isEmpty()) {
      return new Comparison(null, List.of(), null, diff(null, archive), null);
    }
    compared.sort(Comparator.comparing(c -> c.diff().stat()));
    Compared best = compared.getFirst();
    List<Base> others = compared.stream().skip(1).map(Compared::base).toList();
    return new Comparison(best.base(), others, best.candidate().line(), best.diff(), null);
  }

  private CrateDiff diff(@Nullable CrateArchive base, CrateArchive archive) {
    return CrateDiff.between(base, archive, parts.options().inspectLimits(), limits);
  }

  /// Returns the line of a version that a reviewer names as the base.
  ///
  /// @throws MalformedException if there is no such version
  public static StoredLine line(CrateState file, CrateVersion asked) {
    return file.line(asked)
        .orElseThrow(
            () ->
                new MalformedException(
                    "cannot compare with '%s %s': there is no such version"
                        .formatted(file.crate().name().published(), asked.text())));
  }

  /// Returns the lower and the higher versions, each with the nearest first. A base is chosen on
  /// both sides, as cargo-vet chooses what to compare (*suggest*).
  private static List<List<StoredLine>> sides(CrateState file, CrateVersion version) {
    List<StoredLine> ordered =
        file.lines().stream().sorted(Comparator.comparing(l -> l.entry().version())).toList();
    return List.of(
        ordered.stream()
            .filter(l -> l.entry().version().compareTo(version) < 0)
            .toList()
            .reversed(),
        ordered.stream().filter(l -> l.entry().version().compareTo(version) > 0).toList());
  }

  /// Returns the candidates for a base, at most one lower and one higher version.
  private List<Candidate> candidates(CrateState file, CrateVersion version) {
    return sides(file, version).stream().flatMap(side -> nearest(side).stream()).toList();
  }

  /// Returns the versions whose artifacts [#select] reads first, at most one lower and one higher.
  /// It leaves out those that no request can fetch.
  List<StoredLine> candidateLines(VersionLookup.Found found) {
    return sides(found.file(), found.line().entry().version()).stream()
        .flatMap(
            side ->
                side.stream()
                    .filter(line -> !files.onlyByBundle(line.entry().cksum()))
                    .filter(line -> origin(line).isPresent())
                    .limit(1))
        .toList();
  }

  /// Returns the nearest version that is approved or that the rules would serve, fetched if it is
  /// not stored. A version that is refused after its inspection is skipped. So is one that cannot
  /// be fetched, since any base is better than none.
  private Optional<Candidate> nearest(List<StoredLine> side) {
    int tries = 0;
    for (StoredLine line : side) {
      if (origin(line).isEmpty()) {
        continue;
      }
      if (fetch(line.entry().id()) instanceof Fetched.Available(CrateArchive base)) {
        Optional<BaseOrigin> origin = origin(line);
        if (origin.isPresent()) {
          return Optional.of(new Candidate(line, origin.get(), base));
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
  private Optional<BaseOrigin> origin(StoredLine line) {
    Instant now = parts.clock().instant();
    CrateEvaluation evaluation =
        files.find(line.entry().name()).orElseThrow().under(files.rulebook());
    BaseOrigin origin = origin(evaluation.evaluate(line, now));
    return origin != BaseOrigin.APPROVED && evaluation.yanked(line, now)
        ? Optional.empty()
        : Optional.ofNullable(origin);
  }

  /// Returns the reason for which a verdict permits a version to be a base, or null if it does not.
  private static @Nullable BaseOrigin origin(Verdict verdict) {
    Set<Code> codes =
        verdict.reasons().stream()
            .map(Reason::code)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Code.class)));
    if (verdict.allows()) {
      return VOUCHED_FOR.contains(verdict.reason().code())
          ? BaseOrigin.APPROVED
          : BaseOrigin.SERVED;
    }
    // A release must be compared with the version that it fixes.
    return ADVISED.containsAll(codes) ? BaseOrigin.ADVISORY : null;
  }
}
