package lazaret.vetting.audit.files;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A mapping from the criteria of a peer to local ones.
final class CriteriaMapping {
  private final Criteria foreign;
  private final Criteria local;
  private final long[] locals;

  CriteriaMapping(Criteria foreign, Criteria local, SortedMap<String, List<String>> map) {
    this.foreign = foreign;
    this.local = local;
    this.locals = new long[foreign.size()];
    for (int bit = 0; bit < locals.length; bit++) {
      String name = foreign.name(bit);
      List<String> mapped = map.get(name);
      boolean builtIn = name.equals(Criteria.SAFE_TO_RUN) || name.equals(Criteria.SAFE_TO_DEPLOY);
      if (mapped != null) {
        locals[bit] = local.set(mapped);
      } else if (builtIn) {
        locals[bit] = local.set(List.of(name));
      }
    }
  }

  AuditsFile of(AuditsFile file, Set<String> exclude) {
    var audits = new TreeMap<>(file.audits());
    audits.keySet().removeAll(exclude);
    return new AuditsFile(
        new TreeMap<>(),
        translated(file.wildcardAudits(), WildcardEntry::criteria, WildcardEntry::withCriteria),
        translated(audits, AuditEntry::criteria, AuditEntry::withCriteria),
        translated(file.trusted(), TrustEntry::criteria, TrustEntry::withCriteria));
  }

  /// Returns the entries in local criteria. Entries without a local criterion are dropped, since
  /// they have no effect.
  private <T> SortedMap<String, List<T>> translated(
      SortedMap<String, List<T>> byCrate,
      Function<T, List<String>> criteria,
      BiFunction<T, List<String>, T> with) {
    var translated = new TreeMap<String, List<T>>(VetOrder.BYTES);
    byCrate.forEach(
        (crate, entries) ->
            translated.put(
                crate,
                entries.stream()
                    .map(entry -> with.apply(entry, translated(criteria.apply(entry))))
                    .filter(entry -> !criteria.apply(entry).isEmpty())
                    .toList()));
    return translated;
  }

  private List<String> translated(List<String> criteria) {
    long theirs = foreign.set(criteria);
    long ours = 0;
    for (int bit = 0; bit < locals.length; bit++) {
      if ((theirs >>> bit & 1) != 0) {
        ours |= locals[bit];
      }
    }
    return local.minimal(ours);
  }
}
