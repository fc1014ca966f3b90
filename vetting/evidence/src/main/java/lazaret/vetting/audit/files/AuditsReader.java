package lazaret.vetting.audit.files;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlNode;

/// A reader of our own `audits.toml`: any fault refuses the file. Unknown top-level keys are
/// ignored, as in cargo-vet. A peer's file is read with [PeerAudits].
public final class AuditsReader {
  private AuditsReader() {}

  /// Reads a file.
  ///
  /// @param content bytes of the file
  /// @throws MalformedException if the file is not TOML, exceeds a limit, or cargo-vet would refuse
  ///   it
  public static AuditsFile read(Bytes content) {
    VetTable root = VetLimits.read("audits.toml", content);
    if (!root.has("audits")) {
      throw root.complaint("'audits' is missing; write an empty '[audits]' for none");
    }
    return checked(read(root));
  }

  /// Refuses wildcard audits that end more than a year ahead. A statement about future releases
  /// must be renewed.
  ///
  /// @param today current day, UTC
  /// @throws MalformedException if one ends later
  public static void requireEnds(AuditsFile file, LocalDate today) {
    LocalDate latest = today.plusMonths(12);
    file.wildcardAudits()
        .forEach(
            (crate, entries) -> {
              for (WildcardEntry entry : entries) {
                if (entry.window().end().isAfter(latest)) {
                  throw new MalformedException(
                      "cannot take [[wildcard-audits.%s]]: it ends on %s, expected %s at the latest"
                          .formatted(Excerpt.of(crate), entry.window().end(), latest));
                }
              }
            });
  }

  /// Reads the entries without a check of their criteria. Those in `imports.lock` use the criteria
  /// of another file.
  static AuditsFile read(VetTable root) {
    return new AuditsFile(
        criteria(root.child("criteria")),
        byCrate(root.child("wildcard-audits"), VetEntries::wildcard),
        byCrate(root.child("audits"), VetEntries::audit),
        byCrate(root.child("trusted"), VetEntries::trust));
  }

  private static SortedMap<String, CriteriaEntry> criteria(VetTable table) {
    var criteria = new TreeMap<String, CriteriaEntry>(VetOrder.BYTES);
    for (String name : table.table().entries().keySet()) {
      criteria.put(name, VetEntries.criteria(table.child(name)));
    }
    return criteria;
  }

  /// Reads the entries of every crate.
  static <T> SortedMap<String, List<T>> byCrate(VetTable table, Function<VetTable, T> entry) {
    var byCrate = new TreeMap<String, List<T>>(VetOrder.BYTES);
    for (var crate : table.table().entries().entrySet()) {
      if (crate.getValue() instanceof TomlNode.Array) {
        List<VetTable> entries = VetLimits.limited(table.children(crate.getKey()), table);
        byCrate.put(crate.getKey(), entries.stream().map(entry).toList());
      } else {
        throw table.complaint("'" + Excerpt.of(crate.getKey()) + "' must be an array of tables");
      }
    }
    return byCrate;
  }

  private static AuditsFile checked(AuditsFile file) {
    Criteria criteria = Criteria.of(file.criteria());
    file.audits().forEach((crate, list) -> list.forEach(e -> known(crate, e.criteria(), criteria)));
    file.wildcardAudits()
        .forEach((crate, list) -> list.forEach(e -> known(crate, e.criteria(), criteria)));
    file.trusted()
        .forEach((crate, list) -> list.forEach(e -> known(crate, e.criteria(), criteria)));
    return file;
  }

  private static void known(String crate, List<String> names, Criteria criteria) {
    for (String name : names) {
      if (!criteria.knows(name)) {
        throw new MalformedException(
            "cannot read audits.toml: an entry for '%s' names the criterion '%s', which it does not define"
                .formatted(Excerpt.of(crate), Excerpt.of(name)));
      }
    }
  }
}
