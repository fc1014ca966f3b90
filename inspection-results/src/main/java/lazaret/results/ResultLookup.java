package lazaret.results;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.KnownFindings;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;

/// The lookup of results at an admission. A result is used once: from then on the store has its
/// findings, and the row of their source. Thread-safe; blocks.
final class ResultLookup implements KnownFindings {
  private static final System.Logger LOG = System.getLogger(ResultLookup.class.getName());

  private final GateContext parts;
  private final ResultRows rows;
  private final ResultTrust trust;
  private final ResultCheckQueue checks;
  private final int verifyPercent;

  /// Nobody who makes results can predict which of them are checked.
  private final SecureRandom random = new SecureRandom();

  ResultLookup(
      GateContext parts,
      ResultRows rows,
      ResultTrust trust,
      ResultCheckQueue checks,
      int verifyPercent) {
    this.parts = parts;
    this.rows = rows;
    this.trust = trust;
    this.checks = checks;
    this.verifyPercent = verifyPercent;
  }

  @Override
  public Optional<Findings> find(
      VerifiedCrate crate, Inspector.Expected expected, Consumer<Write> writes) {
    try {
      ResultRows.Waiting waiting =
          rows.waiting(crate.id().cksum())
              .filter(each -> each.result().id().equals(crate.id()))
              .orElse(null);
      Optional<Findings> findings =
          waiting == null ? Optional.empty() : use(waiting, crate, expected);
      if (waiting != null && findings.isPresent()) {
        // Stored together with the findings, so that no commit is needed for it.
        writes.accept(rows.dropWaiting(crate.id().cksum()));
        writes.accept(rows.putUsed(new ResultRows.Used(waiting.source(), crate.id())));
      }
      return findings;
    } catch (RuntimeException e) {
      // The inspection needs none of it, and finds out whether the store refuses writes. The holder
      // of a key could have signed a form that causes any exception.
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is inspected, its result was not used: {1}",
          crate.id(),
          e.toString());
      return Optional.empty();
    }
  }

  private Optional<Findings> use(
      ResultRows.Waiting waiting, VerifiedCrate crate, Inspector.Expected expected) {
    Instant now = parts.clock().instant();
    Findings findings = trust.usable(waiting, expected, now).orElse(null);
    if (findings == null
        || findings.facts().unpackedBytes() > parts.options().inspectLimits().unpackedBytes()) {
      return Optional.empty();
    }
    ResultRows.Used used = new ResultRows.Used(waiting.source(), crate.id());
    boolean checked = random.nextInt(100) < verifyPercent;
    return !checked || checks.admits(new ResultCheckQueue.Check(crate, expected, findings, used))
        ? Optional.of(findings)
        : Optional.empty();
  }
}
