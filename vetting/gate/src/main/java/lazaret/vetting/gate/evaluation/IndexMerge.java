package lazaret.vetting.gate.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.removal.MissingLines;
import lazaret.vetting.gate.removal.RemovalRule;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.index.RefusedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.YankedEdit;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.linecheck.ChangedLineCheck;
import lazaret.vetting.policy.rules.YankWave;
import org.jspecify.annotations.Nullable;

/// The result of merging a fresh index file into the stored one. A version that is missing upstream
/// stays with a flag. A second SHA-256 raises an alarm and never replaces the first. A yank keeps
/// the line from before it. A line with other dependencies, features or links under the same
/// SHA-256 is not accepted.
///
/// @param crate the crate to store
/// @param notices the notices for people, in the file's order
/// @param incomplete whether upstream did not list a stored version and the removal is not
///   confirmed
public record IndexMerge(StoredCrate crate, List<Notice> notices, boolean incomplete) {
  /// The maximum number of versions that the notice of a yank wave names.
  private static final int MAX_NAMED = 8;

  /// Merges upstream's file into the stored one.
  ///
  /// @param held the stored crate; without lines if it is new
  /// @param checkedBefore the last confirmation of the stored file; null if the crate is new
  /// @param rule the rule for versions that upstream does not list
  public static IndexMerge of(
      StoredCrate held,
      @Nullable Instant checkedBefore,
      IndexFile fresh,
      RemovalRule rule,
      Instant now) {
    return new Run(held, checkedBefore, new MissingLines(rule, fresh.omitted(), now), now)
        .merge(fresh);
  }

  /// Merges the response that a crate does not exist into the stored one.
  public static IndexMerge absent(StoredCrate held, RemovalRule rule, Instant now) {
    Run run = new Run(held, now, new MissingLines(rule, List.of(), now), now);
    List<StoredLine> lines = held.lines().stream().map(run.missing::line).toList();
    return run.merged(new StoredCrate(held.name(), lines, held.omitted()));
  }

  /// A line that upstream changed.
  ///
  /// @param line the stored line
  /// @param what the change
  private record Rewritten(StoredLine line, String what) {}

  private static final class Run {
    private final StoredCrate held;
    private final @Nullable Instant checkedBefore;
    private final MissingLines missing;
    private final Instant now;
    private final List<Notice> notices = new ArrayList<>();
    private final List<Rewritten> rewritten = new ArrayList<>();

    Run(StoredCrate held, @Nullable Instant checkedBefore, MissingLines missing, Instant now) {
      this.held = held;
      this.checkedBefore = checkedBefore;
      this.missing = missing;
      this.now = now;
    }

    IndexMerge merge(IndexFile fresh) {
      Map<String, IndexEntry> incoming = new LinkedHashMap<>();
      fresh.entries().forEach(e -> incoming.put(e.version().text(), e));
      Map<String, StoredLine> before = new HashMap<>();
      List<StoredLine> lines = new ArrayList<>();
      for (StoredLine line : held.lines()) {
        before.put(line.entry().version().text(), line);
        IndexEntry entry = incoming.get(line.entry().version().text());
        lines.add(entry == null ? missing.line(line) : renewed(line, entry));
      }
      for (IndexEntry entry : incoming.values()) {
        if (!before.containsKey(entry.version().text())) {
          lines.add(StoredLine.first(entry, now, checkedBefore));
        }
      }
      List<OmittedLine> out = fresh.omitted();
      out.subList(0, Math.min(out.size(), StoredCrate.MAX_LEFT_OUT)).stream()
          .filter(line -> !held.omitted().contains(line))
          .forEach(this::leftOut);
      CrateName name =
          held.lines().isEmpty() && !lines.isEmpty()
              ? lines.getFirst().entry().name()
              : held.name();
      return merged(new StoredCrate(name, lines, out));
    }

    private IndexMerge merged(StoredCrate crate) {
      rewritten();
      YankWave.begun(held, crate).ifPresent(this::wave);
      notices.addAll(missing.notices(held));
      return new IndexMerge(crate, notices, missing.unconfirmed());
    }

    private StoredLine renewed(StoredLine line, IndexEntry entry) {
      if (!entry.cksum().equals(line.entry().cksum())) {
        return changed(line, entry.cksum());
      }
      RefusedLine refused = ChangedLineCheck.find(line, entry, now).orElse(null);
      if (refused != null) {
        if (line.refused() == null || !line.refused().digest().equals(refused.digest())) {
          rewritten.add(new Rewritten(line, refused.what()));
        }
        return yanked(line, held(line, entry.yanked()), refused);
      }
      if (line.removedSince() != null
          || line.missingSince() != null
          || line.changedCksum() != null
          || line.refused() != null) {
        missing.returned(line);
      }
      return yanked(line, entry, null);
    }

    /// Returns the stored line with upstream's current yank state. A line that was stored as yanked
    /// from the start stays unchanged.
    private static IndexEntry held(StoredLine line, boolean yanked) {
      IndexEntry held = line.entry();
      Bytes unyanked = line.unyanked();
      if (yanked == held.yanked() || (!yanked && unyanked == null)) {
        return held;
      }
      Bytes raw = yanked || unyanked == null ? YankedEdit.withYanked(held.raw()) : unyanked;
      return new IndexEntry(
          raw,
          held.name(),
          held.version(),
          held.deps(),
          held.cksum(),
          yanked,
          held.pubtime(),
          held.rustVersion(),
          held.links(),
          held.v());
    }

    private StoredLine yanked(StoredLine line, IndexEntry entry, @Nullable RefusedLine refused) {
      Bytes unyanked = line.unyanked();
      Instant yankedSince = line.yankedSince();
      if (entry.yanked() && !line.entry().yanked()) {
        note(Notice.Kind.YANKED_UPSTREAM, line, "upstream yanked it");
        unyanked = line.entry().raw();
        yankedSince = now;
      } else if (!entry.yanked() && line.entry().yanked()) {
        note(Notice.Kind.UNYANKED_UPSTREAM, line, "upstream took the yank back");
        unyanked = null;
        yankedSince = null;
      }
      return new StoredLine(
          entry,
          unyanked,
          line.firstSeen(),
          line.ageFloor(),
          yankedSince,
          null,
          null,
          null,
          refused);
    }

    /// Adds one alarm for a wave, regardless of the number of yanked versions.
    private void wave(YankWave.Begun begun) {
      List<String> yanked = begun.yanked();
      int more = yanked.size() - MAX_NAMED;
      note(
          Notice.Kind.YANK_WAVE,
          begun.published(),
          "published within %d hours of %d yanks: %s%s; it waits for a review, and the yanks are not mirrored"
              .formatted(
                  YankWave.WINDOW.toHours(),
                  yanked.size(),
                  String.join(", ", yanked.subList(0, Math.min(yanked.size(), MAX_NAMED))),
                  more > 0 ? " and " + more + " more" : ""));
    }

    /// Adds one notice for a crate, regardless of the number of changed lines.
    private void rewritten() {
      if (rewritten.isEmpty()) {
        return;
      }
      Rewritten first = rewritten.getFirst();
      int more = rewritten.size() - 1;
      note(
          Notice.Kind.LINE_CHANGED,
          first.line(),
          "upstream changed the line under the same sha256, the held one stays in force: %s%s"
              .formatted(first.what(), more == 0 ? "" : " (and " + more + " more versions)"));
    }

    private StoredLine changed(StoredLine line, Sha256 cksum) {
      if (!cksum.equals(line.changedCksum())) {
        note(
            Notice.Kind.CKSUM_CHANGED,
            line,
            "sha256 %s is held, upstream names %s now"
                .formatted(line.entry().cksum().hex(), cksum.hex()));
      }
      return new StoredLine(
          line.entry(),
          line.unyanked(),
          line.firstSeen(),
          line.ageFloor(),
          line.yankedSince(),
          null,
          cksum);
    }

    private void leftOut(OmittedLine out) {
      notices.add(
          new Notice(
              Notice.Kind.LINE_OMITTED,
              now,
              Notice.GATE,
              held.name(),
              out.version(),
              "line %d left out, %s: %s"
                  .formatted(out.line(), out.reason().code(), out.excerpt())));
    }

    private void note(Notice.Kind kind, StoredLine line, String detail) {
      IndexEntry entry = line.entry();
      notices.add(new Notice(kind, now, Notice.GATE, entry.name(), entry.version().text(), detail));
    }
  }
}
