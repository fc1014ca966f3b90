package lazaret.vetting.detonation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.desk.review.ReviewService;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The service for evidence of sandbox builds. It gives artifacts to reviewers, files observations
/// and compares them with those of the last approved version. Thread-safe.
public final class DetonationService {

  private final GateContext parts;
  private final Gate gate;

  public DetonationService(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// The behavior of a version and its difference to a base.
  ///
  /// @param evidence the evidence of the version
  /// @param base the nearest lower approved version that has evidence; null if there is none
  /// @param added the traces that the base does not have; empty if there is no base
  /// @param gone the traces that only the base has; empty if there is no base
  public record Report(
      Detonation evidence, @Nullable CrateVersion base, List<Trace> added, List<Trace> gone) {
    /// Copies the lists.
    public Report {
      added = List.copyOf(added);
      gone = List.copyOf(gone);
    }
  }

  /// The result of an operation.
  public sealed interface Result<T> {
    /// A success.
    ///
    /// @param value the value
    record Done<T>(T value) implements Result<T> {}

    /// A failure.
    ///
    /// @param code the kind of failure
    /// @param detail one clause for a person
    record Refused<T>(ErrorCode code, String detail) implements Result<T> {}
  }

  /// The artifact of a version for its reviewer, regardless of its verdict.
  ///
  /// @param id the name, version and SHA-256
  /// @param bytes the conformant archive with that SHA-256
  public record Artifact(CrateId id, Bytes bytes) {}

  /// Returns an artifact, which is fetched and inspected if it is not stored. It is not served
  /// because of that.
  public Result<Artifact> artifact(CrateName name, CrateVersion version) {
    return switch (gate.finder().find(name, version)) {
      case VersionLookup.NotFound(DownloadOutcome none) -> missing(name, version, none);
      case VersionLookup.Found found -> {
        CrateId id = found.line().entry().id();
        var reviewing =
            new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.DEFAULT);
        yield switch (reviewing.fetch(id)) {
          case ReviewService.Fetched.Available(CrateArchive archive) ->
              new Result.Done<>(new Artifact(id, archive.bytes()));
          case ReviewService.Fetched.Unavailable(ReviewReport.NotReadable unread) ->
              new Result.Refused<>(unread.code(), unread.detail());
        };
      }
    };
  }

  private static <T> Result<T> missing(
      CrateName name, CrateVersion version, DownloadOutcome outcome) {
    return outcome instanceof DownloadOutcome.Unavailable none
        ? new Result.Refused<>(ErrorCode.UPSTREAM_UNAVAILABLE, none.detail())
        : new Result.Refused<>(
            ErrorCode.UNKNOWN, "there is no '%s %s' in the index".formatted(name, version));
  }

  /// Files observations of a build.
  ///
  /// @param cksum the SHA-256 of the bytes that were built; refused unless it is the version's
  /// @param by the name of the token
  public Result<Report> file(
      CrateName name, CrateVersion version, Sha256 cksum, Observation seen, String by) {
    return switch (gate.finder().find(name, version)) {
      case VersionLookup.NotFound(DownloadOutcome none) -> missing(name, version, none);
      case VersionLookup.Found found -> {
        CrateId id = found.line().entry().id();
        if (!id.cksum().equals(cksum)) {
          yield new Result.Refused<>(
              ErrorCode.CKSUM_MISMATCH,
              "cannot record the evidence of %s: the built version has sha256 %s"
                  .formatted(id, cksum));
        }
        Detonation evidence =
            new Detonation(cksum, parts.clock().instant(), by, seen.ending(), seen.traces());
        parts.store().commit(Batch.synced(writes(id, evidence)));
        yield new Result.Done<>(compared(found, evidence));
      }
    };
  }

  private static List<Batch.Write> writes(CrateId id, Detonation evidence) {
    return List.of(
        new Batch.Write.PutMeta(
            MetaKey.DETONATION_PREFIX.named(id.cksum().hex()), DetonationCodec.encode(evidence)),
        new Batch.Write.Append(
            new Notice(
                Notice.Kind.EVIDENCE_FILED,
                evidence.at(),
                evidence.by(),
                id.name(),
                id.version().text(),
                "built alone in the sandbox: %s, %d traces"
                    .formatted(evidence.ending(), evidence.traces().size()))));
  }

  /// The observations of a build.
  ///
  /// @param ending the end of the build, as in [Detonation]
  /// @param traces the observations, as in [Detonation]
  public record Observation(String ending, SortedSet<Trace> traces) {}

  /// Returns the behavior of a version, or empty if no evidence was filed or the version does not
  /// exist.
  public Optional<Report> report(CrateName name, CrateVersion version) {
    return switch (gate.finder().find(name, version)) {
      case VersionLookup.Found found ->
          evidence(found.line()).map(evidence -> compared(found, evidence));
      case VersionLookup.NotFound _ -> Optional.empty();
    };
  }

  /// Returns the behavior of a version compared with a named base, or empty if no evidence was
  /// filed for the version. A base without evidence is not compared.
  ///
  /// @param asked the base; null for the nearest lower approved version that has evidence
  /// @throws MalformedException if there is no such version
  Optional<Report> report(VersionLookup.Found found, @Nullable CrateVersion asked) {
    Detonation evidence = evidence(found.line()).orElse(null);
    if (asked == null) {
      return Optional.ofNullable(evidence).map(own -> compared(found, own));
    }
    Detonation base = evidence(ReviewService.line(found.file(), asked)).orElse(null);
    if (evidence == null) {
      return Optional.empty();
    }
    return Optional.of(
        base == null
            ? new Report(evidence, null, List.of(), List.of())
            : between(evidence, asked, base));
  }

  private static Report between(Detonation evidence, CrateVersion version, Detonation base) {
    return new Report(
        evidence, version, evidence.beyond(base.traces()), base.beyond(evidence.traces()));
  }

  private Report compared(VersionLookup.Found found, Detonation evidence) {
    CrateVersion version = found.line().entry().version();
    List<StoredLine> below =
        found.file().lines().stream()
            .filter(line -> line.entry().version().compareTo(version) < 0)
            .sorted(Comparator.comparing((StoredLine line) -> line.entry().version()).reversed())
            .toList();
    for (StoredLine line : below) {
      Optional<Detonation> base =
          isApproved(found.file(), line) ? evidence(line) : Optional.empty();
      if (base.isPresent()) {
        return between(evidence, line.entry().version(), base.get());
      }
    }
    return new Report(evidence, null, List.of(), List.of());
  }

  private boolean isApproved(CrateState file, StoredLine line) {
    var verdict = file.evaluate(line, gate.files().rulebook(), parts.clock().instant());
    return verdict.allows() && verdict.reason().code() == Code.APPROVED;
  }

  private Optional<Detonation> evidence(StoredLine line) {
    return parts
        .store()
        .meta(MetaKey.DETONATION_PREFIX.named(line.entry().cksum().hex()))
        .map(DetonationCodec::decode);
  }
}
