package lazaret.vetting.reading;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.audits.AuditLookup;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Reason;
import org.jspecify.annotations.Nullable;

/// The versions that a person approved, or that audits cover for the criteria of the policy. An
/// exemption does not count, nor does an approval that waits for a second person. Thread-safe;
/// blocks.
final class VettedVersions {
  private final Clock clock;
  private final CrateStates files;
  private final AuditLookup audits;

  VettedVersions(Clock clock, CrateStates files, AuditLookup audits) {
    this.clock = clock;
    this.files = files;
    this.audits = audits;
  }

  /// Returns whether the bytes of a version are approved or audited now.
  boolean contains(CrateId id) {
    return search().test(id);
  }

  /// Returns the test [#contains] for one request. It reads each crate once, and prepares the
  /// search for its audits once at most: a chain of differences has many versions of one crate. The
  /// test is not thread-safe.
  Predicate<CrateId> search() {
    Map<String, Optional<VettedSearch>> crates = new HashMap<>();
    return id ->
        crates
            .computeIfAbsent(
                id.name().collisionKey(), _ -> files.find(id.name()).map(VettedSearch::new))
            .filter(each -> each.contains(id))
            .isPresent();
  }

  /// The search for the vetted versions of one crate.
  private final class VettedSearch {
    private final CrateState file;
    private @Nullable Predicate<StoredLine> prepared;

    VettedSearch(CrateState file) {
      this.file = file;
    }

    boolean contains(CrateId id) {
      return file.line(id.version())
          .filter(line -> line.entry().cksum().equals(id.cksum()))
          .filter(line -> isVetted(file, line, this::audits))
          .isPresent();
    }

    private Predicate<StoredLine> audits() {
      Predicate<StoredLine> known = prepared;
      if (known == null) {
        known = audited(file);
        prepared = known;
      }
      return known;
    }
  }

  /// Returns the artifact of a version if it is approved or audited, or empty.
  Optional<CrateId> find(CrateName name, CrateVersion version) {
    return files
        .find(name)
        .flatMap(
            file -> file.line(version).filter(line -> isVetted(file, line, () -> audited(file))))
        .map(line -> line.entry().id());
  }

  /// Returns the nearest lower version that is approved or audited, or else the nearest higher one;
  /// empty if there is none.
  Optional<CrateId> nearest(CrateId id) {
    CrateState file = files.find(id.name()).orElse(null);
    if (file == null) {
      return Optional.empty();
    }
    Comparator<StoredLine> order = Comparator.comparing(line -> line.entry().version());
    Predicate<StoredLine> lower = line -> line.entry().version().compareTo(id.version()) < 0;
    Predicate<StoredLine> higher = line -> line.entry().version().compareTo(id.version()) > 0;
    Predicate<StoredLine> audited = audited(file);
    Predicate<StoredLine> vetted = line -> isVetted(file, line, () -> audited);
    return first(file, lower.and(vetted), order.reversed())
        .or(() -> first(file, higher.and(vetted), order));
  }

  private static Optional<CrateId> first(
      CrateState file, Predicate<StoredLine> test, Comparator<StoredLine> order) {
    return file.lines().stream()
        .sorted(order)
        .filter(test)
        .map(line -> line.entry().id())
        .findFirst();
  }

  /// Returns the test whether versions of a crate are audited for the criteria of the policy.
  private Predicate<StoredLine> audited(CrateState file) {
    List<String> criteria = files.rulebook().policy().evidence().criteria();
    if (criteria.isEmpty()) {
      return _ -> false;
    }
    Function<StoredLine, AuditVerdict> verdicts = audits.verdicts(file, criteria);
    return line -> verdicts.apply(line) instanceof AuditVerdict.Fully;
  }

  /// Returns whether a version is approved or audited.
  ///
  /// @param audited the test whether it is audited, used only if the approvals do not suffice. It
  ///   omits approvals that wait for a second person
  private boolean isVetted(
      CrateState file, StoredLine line, Supplier<Predicate<StoredLine>> audited) {
    return !file.denied(line.entry().version())
        && (isApproved(file, line) || audited.get().test(line));
  }

  /// Returns whether the approvals of a version suffice. One of two required persons does not.
  private boolean isApproved(CrateState file, StoredLine line) {
    CrateId id = line.entry().id();
    Instant now = clock.instant();
    return file.decisions(id.version()).approvalsAt(now).stream()
            .anyMatch(each -> each.kind() == Decision.Kind.APPROVE && each.id().equals(id))
        && !file.evaluate(line, files.rulebook(), now).has(Reason.Code.SECOND_PERSON_NEEDED);
  }
}
