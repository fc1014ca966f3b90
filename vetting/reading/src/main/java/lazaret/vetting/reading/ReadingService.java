package lazaret.vetting.reading;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import lazaret.vetting.Deadline;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.audits.AuditLookup;
import lazaret.vetting.desk.audits.LineNoteLookup;
import lazaret.vetting.desk.decisions.ReadingCheck;
import lazaret.vetting.desk.decisions.ReadingResult;
import lazaret.vetting.desk.review.ArtifactUnavailableException;
import lazaret.vetting.desk.review.CodeDeltaService;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.desk.review.ReaderRegister;
import lazaret.vetting.desk.review.ReviewParts;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.review.CodeDelta;
import lazaret.vetting.review.FileSummary;
import org.jspecify.annotations.Nullable;

/// The read ledger of a gate, with its marks, its shares and the check of an approval. The digests
/// are those of the bytes that the server has. Thread-safe; blocks.
public final class ReadingService implements ReadingCheck, LineNoteLookup {
  private static final Logger LOG = System.getLogger(ReadingService.class.getName());

  /// The time in which one request compares files.
  private static final Duration COMPARISON = Duration.ofMillis(500);

  private final Store store;
  private final Clock clock;
  private final CodeDeltaService deltas;
  private final ReaderRegister readers;
  private final VettedVersions vetted;
  private final ReadLedger ledger;
  private final LineNoteRegister notes;
  private final TextDraftRegister drafts;

  /// Creates a service.
  ///
  /// @param reviews the services for the parts of a review
  public ReadingService(GateContext parts, Gate gate, ReviewParts reviews) {
    this.store = parts.store();
    this.clock = parts.clock();
    this.deltas = reviews.code();
    this.readers = reviews.readers();
    AuditLookup audits = new AuditLookup(parts.clock(), gate.files(), gate.finder());
    this.vetted = new VettedVersions(parts.clock(), gate.files(), audits);
    this.ledger = new ReadLedger(parts.store());
    this.notes = new LineNoteRegister(parts.store(), parts.clock());
    this.drafts = new TextDraftRegister(parts.store(), parts.clock());
  }

  ReaderRegister readers() {
    return readers;
  }

  LineNoteRegister notes() {
    return notes;
  }

  TextDraftRegister drafts() {
    return drafts;
  }

  /// Returns the difference of a version that a review shows, or empty if the index does not list
  /// the version.
  ///
  /// @param base the version for comparison; null for that of a review
  Optional<Prepared> prepare(CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    return deltas.prepare(name, version, base);
  }

  /// Returns the lines of a version that a person has read.
  ///
  /// The version is compared with a base only if that is approved or audited: a person who compares
  /// with any other version has not read the lines that both have in common.
  ///
  /// @param base the version with which the person compared it; if it is null, or neither approved
  ///   nor audited, the nearest version is used that is
  ReadShares shares(String person, CrateId id, @Nullable CrateVersion base) {
    Prepared difference = prepareCounted(id, base);
    boolean _ = difference.delta().compare(Deadline.none());
    return ReadShares.of(difference.base(), difference.delta(), rule(person, id));
  }

  /// Returns the lines of a version that a person has read, as [#shares], or empty while its files
  /// are compared. They are compared after the call, too.
  ///
  /// @param rule the rule for the person
  Optional<ReadShares> sharesInTime(ReadingRule rule, CrateId id, @Nullable CrateVersion base) {
    Prepared difference = prepareCounted(id, base);
    return deltas.compare(difference, COMPARISON)
        ? Optional.of(ReadShares.of(difference.base(), difference.delta(), rule))
        : Optional.empty();
  }

  /// Compares the files whose lines count for an approval, before a person requests the review.
  ///
  /// @param difference the difference that the review shows
  public void prepare(Prepared difference) {
    CrateId base = difference.base();
    CrateVersion from = base == null ? null : base.version();
    boolean _ = prepareCounted(difference.crate(), from).delta().compare(Deadline.none());
  }

  /// Returns the difference whose lines are counted. All lines count if upstream does not have the
  /// right bytes of its base: otherwise no reading would suffice for an approval.
  private Prepared prepareCounted(CrateId id, @Nullable CrateVersion base) {
    CrateId from = counted(id, base);
    try {
      return deltas.prepare(id, from);
    } catch (ArtifactUnavailableException e) {
      boolean later =
          e.code() == ErrorCode.VETTING_IN_PROGRESS || e.code() == ErrorCode.UPSTREAM_UNAVAILABLE;
      if (from == null || later) {
        throw e;
      }
      return deltas.prepare(id, null);
    }
  }

  /// Returns the artifact with which the lines of a version are counted; null for all lines.
  private @Nullable CrateId counted(CrateId id, @Nullable CrateVersion base) {
    return Optional.ofNullable(base)
        .flatMap(each -> vetted.find(id.name(), each))
        .filter(each -> !each.equals(id))
        .or(() -> vetted.nearest(id))
        .orElse(null);
  }

  /// Returns the rule for one person and the reviewed artifact. Approvals of that artifact by other
  /// persons do not make its content read.
  ReadingRule rule(String person, CrateId subject) {
    Predicate<CrateId> others = vetted.search();
    return new ReadingRule(
        person, ledger, artifact -> !artifact.equals(subject) && others.test(artifact));
  }

  /// Returns what all persons read of a content, by name.
  List<ReadContent> readers(Sha256 content, int limit) {
    return ledger.readers(content, limit);
  }

  @Override
  public ReadingResult check(
      String person, CrateId id, @Nullable CrateVersion base, ApproverPolicy policy) {
    boolean required = !policy.minRead().isEmpty();
    if (!required && !(ledger.hasMarks(person, id.cksum()) && store.hasArtifact(id.cksum()))) {
      return ReadingResult.NONE;
    }
    try {
      ReadShares shares = shares(person, id, base);
      return new ReadingResult(shares.texts(), shares.refusal(policy.minRead()));
    } catch (LazaretException e) {
      return required
          ? new ReadingResult(
              List.of(),
              "policy requires reading, and the code is not available: " + e.getMessage())
          : ReadingResult.NONE;
    }
  }

  @Override
  public void recorded(String person, CrateId id) {
    readers.remove(person, id.cksum());
    try {
      drafts.removeAll(person, id.name(), id.version());
    } catch (LazaretException e) {
      LOG.log(Level.WARNING, "drafts of a recorded decision remain: {0}", e.getMessage());
    }
  }

  @Override
  public List<String> notes(CrateId id, Collection<String> persons) {
    return notes.texts(id, persons);
  }

  /// Marks parts of a difference. All of them are recorded, or none.
  ///
  /// @return the difference, or empty if the index does not list the version
  /// @throws lazaret.vetting.MalformedException if a part does not exist, or if there are too many
  /// @throws StaleContentException if a content is not the one that the person saw
  Optional<Prepared> mark(MarkOrder order) {
    MarkCheck.requireCount(order);
    Optional<Prepared> prepared = prepare(order.name(), order.version(), order.base());
    prepared.ifPresent(each -> mark(order, each));
    return prepared;
  }

  private void mark(MarkOrder order, Prepared prepared) {
    CodeDelta delta = prepared.delta();
    Map<Sha256, List<ReadContent.Part>> parts = new LinkedHashMap<>();
    for (MarkOrder.FilePart part : order.files()) {
      ChangedFile file = ChangedFile.of(delta, part.path());
      parts
          .computeIfAbsent(file.content(), _ -> new ArrayList<>())
          .add(MarkCheck.part(part, file, prepared.base()));
    }
    Predicate<CrateId> bases = vetted.search();
    var now = clock.instant();
    Map<Sha256, UnaryOperator<ReadContent>> changes = new LinkedHashMap<>();
    parts.forEach(
        (content, all) ->
            changes.put(
                content,
                before -> {
                  ReadContent after = before;
                  for (ReadContent.Part part : all) {
                    after = order.read() ? after.read(part, now, bases) : after.unread(part, now);
                  }
                  return after;
                }));
    ledger.change(new ReadVersion(order.person(), prepared.crate().cksum(), now), changes);
  }

  /// Returns the files of a difference that must be read, in the order of danger.
  static List<FileSummary> filesToRead(CodeDelta delta, int limit) {
    return delta.files().stream().filter(FileSummary::mustRead).limit(limit).toList();
  }
}
