package lazaret.vetting.audit.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlNode;

/// A peer's `audits.toml`. Entries that cannot be read are dropped one by one, so that a peer with
/// a newer cargo-vet does not lose its other entries.
///
/// @param file readable and importable entries, in the peer's own criteria
/// @param warnings dropped entries with reasons, at most [#MAX_WARNINGS], then the number of others
public record PeerAudits(AuditsFile file, List<String> warnings) {
  /// The maximum number of warnings that are kept.
  public static final int MAX_WARNINGS = 50;

  /// Copies the list.
  public PeerAudits {
    warnings = List.copyOf(warnings);
  }

  /// Reads a peer's file.
  ///
  /// @param content bytes of the file
  /// @throws MalformedException if the file is not TOML, exceeds a limit, or its criteria imply
  ///   each other
  public static PeerAudits read(Bytes content) {
    return new Reading().read(VetLimits.read("audits.toml", content));
  }

  /// Returns the file in the criteria of a store. Each criterion that an entry implies for the peer
  /// is mapped on its own: by the map, or a built-in one to itself. All others are dropped.
  ///
  /// @param local criteria of the store
  /// @param map local criteria by the peer's criteria
  /// @param exclude crates whose audits and violations are dropped; as in cargo-vet, their wildcard
  ///   audits are kept
  /// @throws MalformedException if the map names an unknown local criterion
  public AuditsFile translated(
      Criteria local, SortedMap<String, List<String>> map, Set<String> exclude) {
    for (List<String> targets : map.values()) {
      for (String target : targets) {
        if (!local.knows(target)) {
          throw new MalformedException(
              "cannot map criteria: '" + Excerpt.of(target) + "' is not defined here");
        }
      }
    }
    return new CriteriaMapping(Criteria.of(file.criteria()), local, map).of(file, exclude);
  }

  private static final class Reading {
    private final List<String> warnings = new ArrayList<>();
    private int more;

    PeerAudits read(VetTable root) {
      SortedMap<String, CriteriaEntry> criteria = criteria(root.child("criteria"));
      Set<String> defined = criteria.keySet();
      criteria.replaceAll(
          (_, entry) -> entry.withImplies(VetEntries.known(entry.implies(), defined)));
      Criteria.of(criteria);
      var file =
          new AuditsFile(
              criteria,
              byCrate(
                  root.child("wildcard-audits"),
                  table -> withKnown(table, VetEntries.wildcard(table), defined)),
              importable(
                  byCrate(
                      root.child("audits"),
                      table -> withKnown(table, VetEntries.audit(table), defined))),
              byCrate(
                  root.child("trusted"),
                  table -> withKnown(table, VetEntries.trust(table), defined)));
      if (more > 0) {
        warnings.add("and " + more + " more entries that could not be read");
      }
      return new PeerAudits(file, warnings);
    }

    private SortedMap<String, CriteriaEntry> criteria(VetTable table) {
      var criteria = new TreeMap<String, CriteriaEntry>(VetOrder.BYTES);
      for (String name : table.table().entries().keySet()) {
        try {
          criteria.put(name, VetEntries.criteria(table.child(name)));
        } catch (MalformedException e) {
          warn(e);
        }
      }
      return criteria;
    }

    private <T> SortedMap<String, List<T>> byCrate(VetTable table, Function<VetTable, T> reader) {
      var byCrate = new TreeMap<String, List<T>>(VetOrder.BYTES);
      for (var crate : table.table().entries().entrySet()) {
        if (!(crate.getValue() instanceof TomlNode.Array)) {
          warn(table.complaint("'" + Excerpt.of(crate.getKey()) + "' must be an array of tables"));
          continue;
        }
        var read = new ArrayList<T>();
        for (VetTable entry : VetLimits.limited(table.children(crate.getKey()), table)) {
          try {
            read.add(reader.apply(entry));
          } catch (MalformedException e) {
            warn(e);
          }
        }
        byCrate.put(crate.getKey(), read);
      }
      return byCrate;
    }

    private void warn(MalformedException complaint) {
      if (warnings.size() < MAX_WARNINGS) {
        warnings.add(String.valueOf(complaint.getMessage()));
      } else {
        more++;
      }
    }

    private static AuditEntry withKnown(VetTable table, AuditEntry entry, Set<String> defined) {
      return withKnown(table, entry, entry.criteria(), defined, AuditEntry::withCriteria);
    }

    private static WildcardEntry withKnown(
        VetTable table, WildcardEntry entry, Set<String> defined) {
      return withKnown(table, entry, entry.criteria(), defined, WildcardEntry::withCriteria);
    }

    private static TrustEntry withKnown(VetTable table, TrustEntry entry, Set<String> defined) {
      return withKnown(table, entry, entry.criteria(), defined, TrustEntry::withCriteria);
    }

    private static <T> T withKnown(
        VetTable table,
        T entry,
        List<String> criteria,
        Set<String> defined,
        BiFunction<T, List<String>, T> with) {
      List<String> known = VetEntries.known(criteria, defined);
      if (known.isEmpty()) {
        throw table.complaint("no criterion that the file defines");
      }
      return with.apply(entry, known);
    }

    private static SortedMap<String, List<AuditEntry>> importable(
        SortedMap<String, List<AuditEntry>> audits) {
      audits.replaceAll((_, list) -> list.stream().filter(AuditEntry::importable).toList());
      return audits;
    }
  }
}
