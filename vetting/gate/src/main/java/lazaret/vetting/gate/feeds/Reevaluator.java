package lazaret.vetting.gate.feeds;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;

/// The re-evaluation of stored crates after a change of advisory data. Only crates whose data
/// differs are evaluated, under the rulebook before and after. Used once; not thread-safe.
final class Reevaluator {
  /// The maximum number of alarms about one private name after one change.
  private static final int MOST_ALARMS = 20;

  private final Store store;
  private final Clock clock;
  private final CrateStates files;
  private final ReevaluationNotices consequences;
  private int judged;

  Reevaluator(Store store, Clock clock, CrateStates files) {
    this.store = store;
    this.clock = clock;
    this.files = files;
    this.consequences = new ReevaluationNotices(store, clock, files.verdicts());
  }

  /// Evaluates again, builds the affected views again and writes notices about versions that
  /// clients have.
  FeedUpdateReport.Reevaluation run(Rulebook before, Rulebook after) {
    Set<String> crates = new TreeSet<>(before.advisories().changes(after.advisories()));
    crates.addAll(holdingNewlyNamedBytes(before.advisories(), after.advisories()));
    Instant now = clock.instant();
    for (String key : crates) {
      CrateName name = CrateName.parse(key);
      files
          .find(name)
          .ifPresent(
              file -> {
                if (file.isHosted()) {
                  warn(name, before.advisories(), after.advisories());
                }
                reevaluate(
                    new CrateEvaluation(file, before), new CrateEvaluation(file, after), now);
              });
    }
    return consequences.write(judged);
  }

  /// Records new records of public feeds with the name of a private crate. They speak of another
  /// crate and do not apply; a person who knows better denies the version.
  private void warn(CrateName name, AdvisorySet before, AdvisorySet after) {
    Set<String> known =
        Stream.concat(
                before.advisories(name).stream(), after.ofLocalFeeds().advisories(name).stream())
            .map(Advisory::id)
            .collect(Collectors.toSet());
    List<Batch.Write> alarms =
        after.advisories(name).stream()
            .filter(each -> !each.withdrawn() && !known.contains(each.id()))
            .limit(MOST_ALARMS)
            .<Batch.Write>map(each -> new Batch.Write.Append(alarm(name, each)))
            .toList();
    if (!alarms.isEmpty()) {
      store.commit(Batch.synced(alarms));
    }
  }

  private Notice alarm(CrateName name, Advisory advisory) {
    return new Notice(
        Notice.Kind.PRIVATE_NAME_ADVISED,
        clock.instant(),
        Notice.GATE,
        name,
        null,
        "%s of the feed '%s' names a public crate with the name of this private one; it does not apply here"
            .formatted(advisory.id(), advisory.feed()));
  }

  /// Returns the stored or downloaded crates with bytes that a feed newly names, or names no
  /// longer. Such bytes may have any name, so all downloads are searched. The views of other crates
  /// are built again when they are requested.
  private Set<String> holdingNewlyNamedBytes(AdvisorySet before, AdvisorySet after) {
    Set<Sha256> then = named(before);
    Set<Sha256> now = named(after);
    Set<Sha256> changed = new HashSet<>(then);
    changed.addAll(now);
    changed.removeIf(d -> then.contains(d) && now.contains(d));
    if (changed.isEmpty()) {
      return Set.of();
    }
    Set<String> holders = new TreeSet<>();
    for (Sha256 cksum : changed) {
      store.artifactId(cksum).ifPresent(id -> holders.add(id.name().collisionKey()));
    }
    try (Stream<DownloadRecord> all = store.accesses()) {
      for (Iterator<DownloadRecord> rest = all.iterator(); rest.hasNext(); ) {
        CrateId id = rest.next().id();
        if (changed.contains(id.cksum())) {
          holders.add(id.name().collisionKey());
        }
      }
    }
    return holders;
  }

  private static Set<Sha256> named(AdvisorySet set) {
    return set.iocs()
        .of(Ioc.Kind.SHA256)
        .map(i -> Sha256.parse(i.value()))
        .collect(Collectors.toSet());
  }

  private void reevaluate(CrateEvaluation old, CrateEvaluation fresh, Instant now) {
    CrateState file = fresh.file();
    for (StoredLine line : file.lines()) {
      judged++;
      Verdict was = old.evaluate(line, now);
      Verdict is = fresh.evaluate(line, now);
      boolean served = old.rulebook().policy().serves(was);
      boolean serves = fresh.rulebook().policy().serves(is);
      Set<String> known = ids(old.hits(line.entry().version()));
      List<String> added =
          fresh.hits(line.entry().version()).stream()
              .filter(h -> h.kind().isSecurity() && !known.contains(h.id()))
              .map(AdvisoryGroup::id)
              .toList();
      consequences.add(new ReevaluationNotices.Change(line, served, serves, is, added));
    }
    files.rebuildView(file.crate().name());
  }

  private static Set<String> ids(List<AdvisoryGroup> hits) {
    return hits.stream().flatMap(h -> h.ids().stream()).collect(Collectors.toSet());
  }
}
