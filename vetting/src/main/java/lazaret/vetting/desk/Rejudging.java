package lazaret.vetting.desk;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Ioc;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.policy.Verdict;

/// What new data about crates means for what is held and for what was ever handed out: only crates
/// of which the data says something else are judged again, under the rulebook before and after.
/// Used once; not thread-safe.
final class Rejudging {
  private final GateParts parts;
  private final CaseFiles files;
  private final Rulebook before;
  private final Rulebook after;
  private final Consequences consequences;
  private int judged;

  Rejudging(GateParts parts, CaseFiles files, Rulebook before, Rulebook after) {
    this.parts = parts;
    this.files = files;
    this.before = before;
    this.after = after;
    this.consequences = new Consequences(parts);
  }

  /// Judges again, makes the views of what changed anew, and notes what somebody has.
  FeedReport.Rejudged run() {
    Set<String> crates = new TreeSet<>(before.advisories().changes(after.advisories()));
    crates.addAll(holdingNewlyNamedBytes());
    Instant now = parts.clock().instant();
    for (String key : crates) {
      CrateName name = CrateName.parse(key);
      files.held(name).ifPresent(file -> judge(file, now));
    }
    return consequences.tell(judged);
  }

  /// Bytes that a feed names may lie under any name, so that every held line is looked at.
  private Set<String> holdingNewlyNamedBytes() {
    Set<String> digests = named(before.advisories());
    Set<String> now = named(after.advisories());
    Set<String> changed = new HashSet<>(digests);
    changed.addAll(now);
    changed.removeIf(d -> digests.contains(d) && now.contains(d));
    if (changed.isEmpty()) {
      return Set.of();
    }
    Set<Sha256> wanted = changed.stream().map(Sha256::parse).collect(Collectors.toSet());
    Set<String> holders = new TreeSet<>();
    try (Stream<HeldCrate> all = parts.store().crates()) {
      for (Iterator<HeldCrate> rest = all.iterator(); rest.hasNext(); ) {
        HeldCrate crate = rest.next();
        if (crate.lines().stream().anyMatch(l -> wanted.contains(l.entry().cksum()))) {
          holders.add(crate.name().collisionKey());
        }
      }
    }
    return holders;
  }

  private static Set<String> named(AdvisorySet set) {
    return set.iocs().of(Ioc.Kind.SHA256).map(Ioc::value).collect(Collectors.toSet());
  }

  private void judge(CaseFile file, Instant now) {
    Hearing old = new Hearing(file, before);
    Hearing fresh = new Hearing(file, after);
    for (HeldLine line : file.lines()) {
      judged++;
      Verdict was = old.judge(line, now);
      Verdict is = fresh.judge(line, now);
      boolean served = before.policy().serves(was);
      boolean serves = after.policy().serves(is);
      Set<String> known = ids(old.hits(line.entry().version()));
      List<String> added =
          fresh.hits(line.entry().version()).stream()
              .filter(h -> h.kind().isSecurity() && !known.contains(h.id()))
              .map(AdvisoryHit::id)
              .toList();
      consequences.add(new Consequences.Change(line, served, serves, is, added));
    }
    files.remake(file.crate().name());
  }

  private static Set<String> ids(List<AdvisoryHit> hits) {
    return hits.stream().flatMap(h -> h.ids().stream()).collect(Collectors.toSet());
  }
}
