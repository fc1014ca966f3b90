package lazaret.vetting.audit.files;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The criteria of a store with their implications. A set of criteria is a number with one bit for
/// each, closed under implication. Implications are between single criteria: two criteria together
/// never imply a third.
///
/// Source: the cargo-vet book, *Audit Criteria*.
public final class Criteria {
  /// The built-in criterion for code that may be built and tested on a developer's machine.
  public static final String SAFE_TO_RUN = "safe-to-run";

  /// The built-in criterion for code that may be shipped; it implies the other one.
  public static final String SAFE_TO_DEPLOY = "safe-to-deploy";

  /// The maximum number of criteria of a store, including the two built-in ones.
  public static final int MAX = Long.SIZE;

  private final SortedMap<String, CriteriaEntry> entries;
  private final List<String> names;
  private final Map<String, Integer> index;
  private final long[] closures;

  private Criteria(
      SortedMap<String, CriteriaEntry> entries,
      List<String> names,
      Map<String, Integer> index,
      long[] closures) {
    this.entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    this.names = List.copyOf(names);
    this.index = Map.copyOf(index);
    this.closures = closures;
  }

  /// Returns criteria with their closures.
  ///
  /// @param entries criteria by name, without the built-in ones
  /// @throws MalformedException if there are more than [#MAX]. Also if one has the name of a
  ///   built-in one, implies an unknown one or implies itself, directly or not
  public static Criteria of(SortedMap<String, CriteriaEntry> entries) {
    var names = new ArrayList<>(List.of(SAFE_TO_RUN, SAFE_TO_DEPLOY));
    names.addAll(entries.keySet());
    if (names.size() > MAX) {
      throw new MalformedException(
          "cannot read criteria: found " + names.size() + ", expected at most " + MAX);
    }
    var index = new HashMap<String, Integer>();
    for (String name : names) {
      if (index.put(name, index.size()) != null) {
        throw new MalformedException(
            "cannot read criteria: '" + name + "' is built in and cannot be defined");
      }
    }
    long[] direct = new long[names.size()];
    direct[1] = 1L;
    int bit = 2;
    for (var entry : entries.entrySet()) {
      direct[bit++] = implied(entry.getKey(), entry.getValue(), index);
    }
    return new Criteria(entries, names, index, closed(direct, names));
  }

  private static long implied(String name, CriteriaEntry entry, Map<String, Integer> index) {
    long set = 0;
    for (String other : entry.implies()) {
      Integer bit = index.get(other);
      if (bit == null) {
        throw new MalformedException(
            "cannot read criteria: '%s' implies '%s', which is not defined"
                .formatted(Excerpt.of(name), Excerpt.of(other)));
      }
      set |= 1L << bit;
    }
    return set;
  }

  private static long[] closed(long[] direct, List<String> names) {
    long[] closures = direct.clone();
    // Warshall: after round k every path over the first k criteria is known.
    for (int over = 0; over < closures.length; over++) {
      for (int i = 0; i < closures.length; i++) {
        if ((closures[i] >>> over & 1) != 0) {
          closures[i] |= closures[over];
        }
      }
    }
    for (int i = 0; i < closures.length; i++) {
      if ((closures[i] >>> i & 1) != 0) {
        throw new MalformedException(
            "cannot read criteria: '" + Excerpt.of(names.get(i)) + "' implies itself");
      }
      closures[i] |= 1L << i;
    }
    return closures;
  }

  /// Returns these criteria together with others. New ones imply nothing.
  ///
  /// @throws MalformedException if there would be more than [#MAX]
  public Criteria and(Collection<String> more) {
    var all = new TreeMap<>(entries);
    for (String name : more) {
      if (!knows(name)) {
        all.put(name, new CriteriaEntry("asked for here", null, List.of(), List.of()));
      }
    }
    return all.size() == entries.size() ? this : of(all);
  }

  /// Returns the definitions by name, without the built-in ones.
  public SortedMap<String, CriteriaEntry> entries() {
    return entries;
  }

  /// Returns the names of all criteria, the built-in ones first.
  public List<String> names() {
    return names;
  }

  /// Returns whether a criterion is built in or defined.
  public boolean knows(String name) {
    return index.containsKey(name);
  }

  /// Returns the number of criteria.
  public int size() {
    return names.size();
  }

  /// Returns the name of a bit.
  String name(int bit) {
    return names.get(bit);
  }

  /// Returns the closure of the named criteria; unknown names are ignored.
  public long set(Collection<String> criteria) {
    long set = 0;
    for (String name : criteria) {
      Integer bit = index.get(name);
      if (bit != null) {
        set |= closures[bit];
      }
    }
    return set;
  }

  /// Returns the set of all criteria.
  public long all() {
    return -1L >>> (Long.SIZE - names.size());
  }

  /// Returns whether criteria imply all of others; unknown ones imply nothing and are not implied.
  public boolean covers(Collection<String> stated, Collection<String> asked) {
    long set = set(stated);
    return asked.stream().allMatch(name -> knows(name) && (set >>> bit(name) & 1) != 0);
  }

  /// Returns the bit of a known criterion.
  ///
  /// @throws IllegalArgumentException if the criterion is unknown
  public int bit(String name) {
    Integer bit = index.get(name);
    if (bit == null) {
      throw new IllegalArgumentException("no criterion '" + Excerpt.of(name) + "'");
    }
    return bit;
  }

  /// Returns the names of a set in the order of the bits, without those that others of it imply.
  List<String> minimal(long set) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      if ((set >>> i & 1) != 0 && !isImplied(i, set)) {
        kept.add(names.get(i));
      }
    }
    return kept;
  }

  private boolean isImplied(int bit, long set) {
    for (int other = 0; other < names.size(); other++) {
      if (other != bit && (set >>> other & 1) != 0 && (closures[other] >>> bit & 1) != 0) {
        return true;
      }
    }
    return false;
  }
}
