package lazaret.vetting.gate.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.YankedEdit;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.RuleInput;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.search.CrateSummary;
import org.jspecify.annotations.Nullable;

/// The builder of the index file for cargo: vetted lines byte for byte, withheld ones with `yanked`
/// set. Omitting a withheld line would hide the reason from a user who has the version in a
/// lockfile (docs/registry-protocol.md §6).
public final class IndexViewBuilder {
  /// The validity of a view that waits for another crate to be looked up, to appear or to be
  /// served. Such an event does not update this crate's view.
  private static final Duration WAITING = Duration.ofMinutes(1);

  /// The validity of a view that depends on the verdict on another crate.
  private static final Duration LEANING = Duration.ofMinutes(10);

  private final CrateEvaluation evaluation;
  private final Instant now;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
  private final List<Verdict> verdicts = new ArrayList<>();
  private final NextChange nextChange;
  private @Nullable CrateVersion newest;

  private IndexViewBuilder(CrateEvaluation evaluation, Instant now) {
    this.evaluation = evaluation;
    this.now = now;
    this.nextChange = new NextChange(evaluation, now);
  }

  /// A view with its verdicts.
  ///
  /// @param view the view
  /// @param evaluation the evaluation under which it was built
  /// @param verdicts the verdicts, in the order of the evaluation's lines
  /// @param summary the data of the crate for search results
  public record BuiltView(
      IndexView view, CrateEvaluation evaluation, List<Verdict> verdicts, CrateSummary summary) {
    /// Records that the verdicts of the view were given.
    void given(VerdictLog verdictLog, Instant now) {
      List<StoredLine> lines = evaluation.lines();
      for (int i = 0; i < lines.size(); i++) {
        // Not final: the missing base is fetched before the next view.
        if (verdicts.get(i).reason().code() != Reason.Code.BASE_UNAVAILABLE) {
          verdictLog.given(evaluation, lines.get(i), verdicts.get(i), now);
        }
      }
    }
  }

  /// Builds the view of a crate under a rulebook at a moment.
  public static BuiltView make(CrateState file, Rulebook rulebook, Instant now) {
    IndexViewBuilder maker = new IndexViewBuilder(file.under(rulebook), now);
    file.lines().forEach(maker::add);
    Bytes body = Bytes.of(maker.body.toByteArray());
    String etag = '"' + Sha256.of(body).hex().substring(0, 32) + '"';
    IndexView view =
        new IndexView(
            body,
            gzip(body),
            etag,
            maker.evaluation.rulebook().generation(file.crate().name(), now),
            now,
            maker.nextChange.end());
    return new BuiltView(view, maker.evaluation, maker.verdicts, maker.summary(view));
  }

  /// Builds only the lines of the view, for a comparison with a stored view.
  static Bytes body(CrateState file, Rulebook rulebook, Instant now) {
    IndexViewBuilder maker = new IndexViewBuilder(file.under(rulebook), now);
    file.lines().forEach(maker::add);
    return Bytes.of(maker.body.toByteArray());
  }

  private CrateSummary summary(IndexView view) {
    return new CrateSummary(
        evaluation.file().crate().name(),
        newest,
        evaluation.lines().size(),
        view.generation(),
        now,
        view.validUntil());
  }

  private void add(StoredLine line) {
    RuleInput ruleInput = evaluation.ruleInput(line, now);
    Verdict verdict = evaluation.evaluate(ruleInput, now);
    verdicts.add(verdict);
    boolean yanked = evaluation.yanked(line, now);
    boolean serves = evaluation.rulebook().policy().serves(verdict);
    Bytes raw = yanked ? line.entry().raw() : line.lineBeforeYank();
    write(serves ? raw : YankedEdit.withYanked(raw));
    CrateVersion version = line.entry().version();
    if (!yanked && serves && (newest == null || CrateEvaluation.better(version, newest))) {
      newest = version;
    }
    nextChange.add(line, ruleInput, verdict);
    if (evaluation.dependsOnRelatedCrates(line, now)) {
      boolean waiting = ruleInput.evidence().takeover().stream().anyMatch(s -> s.code().waits());
      nextChange.endsAt(now.plus(waiting ? WAITING : LEANING));
    }
  }

  private void write(Bytes line) {
    body.write(line.array(), 0, line.length());
    body.write('\n');
  }

  private static Bytes gzip(Bytes body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length() / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      body.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }
}
