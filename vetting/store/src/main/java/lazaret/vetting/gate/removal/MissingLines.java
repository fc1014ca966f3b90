package lazaret.vetting.gate.removal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.index.OmissionReason;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;

/// The stored lines of one crate that a response of upstream lacks, and those that it has again.
/// Each crate gets one notice of a kind, regardless of the number of versions. Used once; not
/// thread-safe.
///
/// A line that arrived damaged is not missing: its version stays unchanged. While upstream's file
/// has damaged lines of unknown versions, it does not confirm a removal.
public final class MissingLines {
  /// The maximum number of versions that a notice names.
  private static final int MOST_NAMED = 10;

  private final RemovalRule rule;
  private final Instant now;
  private final Set<String> damaged = new HashSet<>();
  private final List<StoredLine> suspected = new ArrayList<>();
  private final List<StoredLine> withdrawn = new ArrayList<>();
  private final List<StoredLine> returned = new ArrayList<>();
  private final boolean legible;
  private boolean unconfirmed;

  /// Prepares the check of one response.
  ///
  /// @param rule the rule for missing lines of the crate
  /// @param leftOut the lines of the response that could not be read
  public MissingLines(RemovalRule rule, List<OmittedLine> leftOut, Instant now) {
    this.rule = rule;
    this.now = now;
    boolean everyLineNamed = true;
    for (OmittedLine line : leftOut) {
      if (line.version() == null) {
        everyLineNamed = false;
      } else if (line.reason() != OmissionReason.WRONG_NAME) {
        damaged.add(line.version());
      }
    }
    this.legible = everyLineNamed;
  }

  /// Returns the new state of a stored line that the response lacks.
  public StoredLine line(StoredLine line) {
    if (line.removedSince() != null || damaged.contains(line.entry().version().text())) {
      return line;
    }
    return switch (rule) {
      case RemovalRule.Ignore _ -> {
        unconfirmed = true;
        yield line.missing(null);
      }
      case RemovalRule.Withdraw _ -> withdrawn(line);
      case RemovalRule.Confirm(Duration after) -> confirmed(line, after);
    };
  }

  private StoredLine confirmed(StoredLine line, Duration after) {
    Instant since = line.missingSince();
    if (since != null && !since.isAfter(now)) {
      if (legible && !now.isBefore(since.plus(after))) {
        return withdrawn(line);
      }
      unconfirmed = true;
      return line;
    }
    unconfirmed = true;
    if (since == null) {
      suspected.add(line);
    }
    return line.missing(now);
  }

  private StoredLine withdrawn(StoredLine line) {
    withdrawn.add(line);
    return line.removed(now);
  }

  /// Records a line that was missing, gone or changed, and is listed again as before.
  public void returned(StoredLine line) {
    returned.add(line);
  }

  /// Returns whether a line is missing and not withdrawn.
  public boolean unconfirmed() {
    return unconfirmed;
  }

  /// Returns the notices about a crate, at most one of a kind.
  public List<Notice> notices(StoredCrate crate) {
    List<Notice> notices = new ArrayList<>();
    add(
        notices,
        Notice.Kind.REMOVAL_UNCONFIRMED,
        crate,
        suspected,
        "held here, but missing upstream; a second request decides");
    add(
        notices,
        Notice.Kind.GONE_UPSTREAM,
        crate,
        withdrawn,
        "held here, but upstream no longer lists it");
    add(
        notices,
        Notice.Kind.RETURNED_UPSTREAM,
        crate,
        returned,
        "upstream lists it again as it was");
    return notices;
  }

  private void add(
      List<Notice> notices,
      Notice.Kind kind,
      StoredCrate crate,
      List<StoredLine> lines,
      String detail) {
    if (lines.isEmpty()) {
      return;
    }
    String version = lines.size() == 1 ? lines.getFirst().entry().version().text() : null;
    String what = version == null ? versions(crate, lines) + ": " : "";
    notices.add(new Notice(kind, now, Notice.GATE, crate.name(), version, what + detail));
  }

  private static String versions(StoredCrate crate, List<StoredLine> lines) {
    if (lines.size() == crate.lines().size()) {
      return "all " + lines.size() + " versions";
    }
    List<String> names =
        lines.stream().limit(MOST_NAMED).map(l -> l.entry().version().text()).toList();
    int more = lines.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }
}
