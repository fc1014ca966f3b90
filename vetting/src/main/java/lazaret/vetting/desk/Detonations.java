package lazaret.vetting.desk;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Detonation.Trace;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.CrateArchive;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The evidence of builds in the sandbox: hands out what is to be built to whoever may review it,
/// files what was seen, and compares it with what the last approved version did. Thread-safe.
public final class Detonations {
  private static final String PLACE = "detonation/";

  private final GateParts parts;
  private final Gate gate;

  Detonations(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// What a version did, and what is new in it.
  ///
  /// @param evidence of the version
  /// @param base the nearest approved version below that has evidence; null where there is none
  /// @param added traces that the base does not have; empty where there is no base
  /// @param gone traces that only the base has; empty where there is no base
  public record Report(
      Detonation evidence, @Nullable CrateVersion base, List<Trace> added, List<Trace> gone) {
    /// Copies the lists.
    public Report {
      added = List.copyOf(added);
      gone = List.copyOf(gone);
    }
  }

  /// What a question was answered with.
  public sealed interface Answer<T> {
    /// It is there, or it was done.
    record Given<T>(T value) implements Answer<T> {}

    /// It is not.
    ///
    /// @param code the kind of failure
    /// @param detail one clause for a person
    record Refused<T>(ErrorCode code, String detail) implements Answer<T> {}
  }

  /// The artefact of a version for its reviewer, whatever the rules say of it.
  ///
  /// @param id name, version and SHA-256
  /// @param bytes have that SHA-256, and are a conformant archive
  public record Artefact(CrateId id, Bytes bytes) {}

  /// Returns an artefact, fetched and inspected where it is not held. Nobody is served it because
  /// of that.
  public Answer<Artefact> artefact(CrateName name, CrateVersion version) {
    return switch (gate.find(name, version)) {
      case Gate.Finding.None(DownloadOutcome none) -> missing(name, version, none);
      case Gate.Finding.Line found -> {
        CrateId id = found.line().entry().id();
        yield switch (new Reviewing(parts, gate, DiffLimits.DEFAULT).fetch(id)) {
          case Reviewing.Fetched.Held(CrateArchive archive) ->
              new Answer.Given<>(new Artefact(id, archive.bytes()));
          case Reviewing.Fetched.Not(ReviewReport.Unread unread) ->
              new Answer.Refused<>(unread.code(), unread.detail());
        };
      }
    };
  }

  private static <T> Answer<T> missing(
      CrateName name, CrateVersion version, DownloadOutcome outcome) {
    return outcome instanceof DownloadOutcome.Unavailable none
        ? new Answer.Refused<>(ErrorCode.UPSTREAM_UNAVAILABLE, none.detail())
        : new Answer.Refused<>(
            ErrorCode.UNKNOWN, "there is no '%s %s' in the index".formatted(name, version));
  }

  /// Files what was seen.
  ///
  /// @param cksum of the bytes that were built; refused unless it is the version's
  /// @param by the token's name
  public Answer<Report> file(
      CrateName name, CrateVersion version, Sha256 cksum, Seen seen, String by) {
    return switch (gate.find(name, version)) {
      case Gate.Finding.None(DownloadOutcome none) -> missing(name, version, none);
      case Gate.Finding.Line found -> {
        CrateId id = found.line().entry().id();
        if (!id.cksum().equals(cksum)) {
          yield new Answer.Refused<>(
              ErrorCode.CKSUM_MISMATCH,
              "cannot file what %s did: what was built has sha256 %s".formatted(id, cksum));
        }
        Detonation evidence =
            new Detonation(cksum, parts.clock().instant(), by, seen.ending(), seen.traces());
        parts.store().commit(Batch.synced(writes(id, evidence)));
        yield new Answer.Given<>(compared(found, evidence));
      }
    };
  }

  private static List<Batch.Write> writes(CrateId id, Detonation evidence) {
    return List.of(
        new Batch.Write.PutMeta(PLACE + id.cksum().hex(), DetonationCodec.encode(evidence)),
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

  /// What was seen of a build.
  ///
  /// @param ending as in [Detonation]
  /// @param traces as in [Detonation]
  public record Seen(String ending, SortedSet<Trace> traces) {}

  /// Returns what a version did; empty where no evidence was filed, or there is no such version.
  public Optional<Report> report(CrateName name, CrateVersion version) {
    return switch (gate.find(name, version)) {
      case Gate.Finding.Line found ->
          evidence(found.line()).map(evidence -> compared(found, evidence));
      case Gate.Finding.None _ -> Optional.empty();
    };
  }

  private Report compared(Gate.Finding.Line found, Detonation evidence) {
    CrateVersion version = found.line().entry().version();
    List<HeldLine> below =
        found.file().lines().stream()
            .filter(line -> line.entry().version().compareTo(version) < 0)
            .sorted(Comparator.comparing((HeldLine line) -> line.entry().version()).reversed())
            .toList();
    for (HeldLine line : below) {
      Optional<Detonation> base =
          isApproved(found.file(), line) ? evidence(line) : Optional.empty();
      if (base.isPresent()) {
        return new Report(
            evidence,
            line.entry().version(),
            evidence.beyond(base.get().traces()),
            base.get().beyond(evidence.traces()));
      }
    }
    return new Report(evidence, null, List.of(), List.of());
  }

  private boolean isApproved(CaseFile file, HeldLine line) {
    var verdict = file.judge(line, gate.files().rulebook(), parts.clock().instant());
    return verdict.allows() && verdict.reason().code() == Code.APPROVED;
  }

  private Optional<Detonation> evidence(HeldLine line) {
    return parts.store().meta(PLACE + line.entry().cksum().hex()).map(DetonationCodec::decode);
  }
}
