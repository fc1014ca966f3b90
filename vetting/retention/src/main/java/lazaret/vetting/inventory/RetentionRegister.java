package lazaret.vetting.inventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;

/// The stored state of retention: the rules that a person put in force, the last trial, and the
/// time at which rules were followed last. Thread-safe; blocks.
final class RetentionRegister {
  private static final String TRIAL = "trial";

  /// The time without a run after which rules are paused. A clock that is far ahead shows one too.
  private static final Duration LONGEST_GAP = Duration.ofDays(7);

  private final Store store;
  private final Clock clock;

  RetentionRegister(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Returns whether rules are in force.
  boolean isInForce(Sha256 rules) {
    return store
        .meta(MetaKey.RETENTION_RULES)
        .map(Bytes::text)
        .filter(rules.hex()::equals)
        .isPresent();
  }

  /// Returns whether rules in force must be looked at again: the last run, or the trial before the
  /// first one, is long ago. All artifacts would be old by a clock that is far ahead.
  boolean isPaused() {
    Optional<Instant> last = followed().or(() -> trial().map(RetentionTrialReply::at));
    return last.filter(this::isOld).isPresent();
  }

  private boolean isOld(Instant moment) {
    return !clock.instant().isBefore(moment.plus(LONGEST_GAP));
  }

  /// Returns the rules of the last trial, or empty if there was none in the last seven days.
  Optional<Sha256> tried() {
    return trial().filter(trial -> !isOld(trial.at())).map(RetentionTrialReply::rules);
  }

  /// Puts rules in force. A run of long ago is forgotten.
  ///
  /// @param by the person
  void resume(Sha256 rules, String reason, String by) {
    String last = followed().filter(run -> !isOld(run)).map(Instant::toString).orElse("");
    Notice notice =
        new Notice(
            Notice.Kind.POLICY_CHANGED,
            clock.instant(),
            by,
            null,
            null,
            "the rules of retention with SHA-256 %s are followed: %s"
                .formatted(rules.hex(), reason));
    List<LedgerEntry> _ =
        store.commit(
            Batch.synced(
                List.of(
                    new Write.PutMeta(MetaKey.RETENTION_RULES, Bytes.utf8(rules.hex())),
                    new Write.PutMeta(MetaKey.RETENTION_FOLLOWED, Bytes.utf8(last)),
                    new Write.Append(notice))));
  }

  /// Returns the last trial, or empty if there was none, or if a newer program wrote another form.
  Optional<RetentionTrialReply> trial() {
    try {
      return store
          .deskRows()
          .find(DeskTable.RETENTION, TRIAL)
          .map(document -> DeskJson.reply(RetentionTrialReply.class, document));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  /// Stores a trial in place of the last one.
  void tried(RetentionTrialReply trial) {
    DeskRow row = new DeskRow(DeskTable.RETENTION, TRIAL, document(trial));
    List<LedgerEntry> _ = store.commit(Batch.synced(List.of(new Write.PutDeskRow(row))));
  }

  /// Returns the document of a trial, with fewer removals if names are so long that it would not be
  /// a row.
  private static Bytes document(RetentionTrialReply trial) {
    Bytes document = DeskJson.encode(trial);
    return document.length() <= DeskRow.MAX_VALUE || trial.removals().isEmpty()
        ? document
        : document(
            new RetentionTrialReply(
                trial.rules(),
                trial.at(),
                trial.by(),
                trial.artifacts(),
                trial.bytes(),
                trial.counts(),
                trial.removals().subList(0, trial.removals().size() / 2),
                trial.excess()));
  }

  /// Returns the time at which rules were followed last. It is empty if they never were, or not
  /// since a person looked at them after a long time.
  Optional<Instant> followed() {
    String text = store.meta(MetaKey.RETENTION_FOLLOWED).map(Bytes::text).orElse("");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// Stores that rules were followed now.
  void follow() {
    Bytes now = Bytes.utf8(clock.instant().toString());
    List<LedgerEntry> _ =
        store.commit(Batch.relaxed(List.of(new Write.PutMeta(MetaKey.RETENTION_FOLLOWED, now))));
  }
}
