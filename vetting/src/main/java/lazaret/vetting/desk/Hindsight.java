package lazaret.vetting.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.desk.PastReport.Account;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.ledger.Standing;
import lazaret.vetting.policy.Dossier;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Testimony;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The search for the verdict on a version at a past moment. A recorded verdict takes precedence.
/// Without one, the verdict is reconstructed from current data, and the report says so.
final class Hindsight {
  private final GateParts parts;
  private final Gate gate;
  private final VersionLookup.Found found;
  private final Instant at;
  private final List<Decision> decisions;
  private @Nullable Ruling given;
  private @Nullable Ruling next;
  private boolean letGo;

  /// Creates a search.
  ///
  /// @param at the moment, which is not in the future
  Hindsight(GateParts parts, Gate gate, VersionLookup.Found found, Instant at) {
    this.parts = parts;
    this.gate = gate;
    this.found = found;
    this.at = at;
    String version = found.line().entry().version().text();
    this.decisions =
        parts.store().decisions(found.file().crate().name()).stream()
            .filter(d -> d.id().version().text().equals(version) && !d.at().isAfter(at))
            .toList();
    List<Ruling> rulings =
        parts.store().rulings(found.file().crate().name()).stream()
            .filter(r -> r.id().version().text().equals(version))
            .toList();
    for (Ruling ruling : rulings) {
      if (!ruling.at().isAfter(at)) {
        given = ruling;
      } else if (next == null) {
        next = ruling;
      }
    }
    letGo = given == null && rulings.size() >= Ruling.MAX_KEPT;
  }

  PastReport report() {
    Ruling last = given;
    if (last == null && found.line().firstSeen().isAfter(at)) {
      return report(Account.NOT_KNOWN, null, false, List.of());
    }
    Instant end = last == null ? null : end(last);
    if (last != null && end == null) {
      return report(Account.RECORDED, last.verdict(), last.served(), List.of());
    }
    Verdict verdict = reconstructed();
    Policy policy = gate.files().rulebook().policy();
    return report(Account.RECONSTRUCTED, verdict, policy.serves(verdict), assumed(end, verdict));
  }

  private PastReport report(
      Account account, @Nullable Verdict verdict, boolean served, List<String> assumed) {
    return new PastReport(
        found.line().entry().id(),
        at,
        account,
        verdict,
        served,
        given,
        next,
        decisions,
        gate.journal().rulings().since(),
        assumed);
  }

  /// Returns the moment at which a recorded verdict ended by time alone before the requested
  /// moment, or null if it did not. No client asked again in between.
  private @Nullable Instant end(Ruling ruling) {
    if (ruling.verdict() instanceof Verdict.Hold hold && !hold.until().isAfter(at)) {
      return hold.until();
    }
    Instant end = null;
    for (Decision decision : decisions) {
      Instant expires = decision.expires();
      if (expires != null
          && decision.approvesAt(ruling.at())
          && !expires.isAfter(at)
          && (end == null || expires.isBefore(end))) {
        end = expires;
      }
    }
    return end;
  }

  /// Returns the verdict by today's rules, with the decisions, advisories and ages of that moment.
  private Verdict reconstructed() {
    Hearing hearing = found.file().under(gate.files().rulebook());
    HeldLine line = then(found.line());
    Standing standing = Standing.NONE;
    for (Decision decision : decisions) {
      standing = standing.and(decision);
    }
    Dossier today = hearing.dossier(line, at);
    Testimony said = today.testimony();
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    List<AdvisoryHit> hits = said.hits().stream().filter(hit -> published(hit, day)).toList();
    return hearing.judge(
        new Dossier(
            line,
            today.findings(),
            standing,
            today.wave(),
            new Testimony(
                hits,
                said.feeds(),
                said.audit(),
                said.takeover(),
                said.fixes(),
                said.delta(),
                said.missingBase())),
        at);
  }

  private static boolean published(AdvisoryHit hit, LocalDate day) {
    LocalDate date = hit.leading().date();
    return date == null || !date.isAfter(day);
  }

  private HeldLine then(HeldLine line) {
    Instant gone = line.goneSince();
    return gone != null && gone.isAfter(at) ? line.gone(null) : line;
  }

  private List<String> assumed(@Nullable Instant end, Verdict verdict) {
    List<String> assumed = new ArrayList<>();
    assumed.add(why(end, verdict));
    assumed.add("the policy is the current one" + changes(Notice.Kind.POLICY_CHANGED));
    assumed.add(
        "the advisories are the current ones that were published by then"
            + changes(Notice.Kind.FEED_CHANGED));
    assumed.add("the index line, the other lines of the crate and the findings are the current ones");
    return assumed;
  }

  private String why(@Nullable Instant end, Verdict verdict) {
    if (end != null) {
      return "the last verdict before ended on %s, and no request followed until then"
          .formatted(end);
    }
    if (letGo) {
      return "the verdicts of that time were removed: the last %d on a version are kept"
          .formatted(Ruling.MAX_KEPT);
    }
    Instant since = gate.journal().rulings().since();
    if (since == null) {
      return "no verdict was recorded yet";
    }
    if (since.isAfter(at)) {
      return "verdicts are recorded since %s only".formatted(since);
    }
    return verdict.allows()
        ? "no verdict was recorded, as for every version that is served by its age alone"
        : "no verdict was recorded: none was given to a client until then";
  }

  private String changes(Notice.Kind kind) {
    try (Stream<LedgerEntry> entries = parts.store().ledger(0)) {
      long changes =
          entries
              .filter(e -> e.event() instanceof Notice n && n.kind() == kind && n.at().isAfter(at))
              .count();
      return changes == 0
          ? ", unchanged since then according to the ledger"
          : ", changed %s since".formatted(changes == 1 ? "once" : changes + " times");
    }
  }
}
