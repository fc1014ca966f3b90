package lazaret.vetting.desk.audits;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.index.Validators;

/// An order to import the audits of a peer.
///
/// @param peer the nickname: 1 to 64 lower-case letters, digits and hyphens
/// @param source the origin of the audits, for people; an address is fetched again on a schedule
/// @param content the files to import
/// @param reading the mapping of the peer's criteria
/// @param validators the validators that the source gave for conditional requests
/// @param fewer whether the import is accepted with less than half of the previous entries
public record AuditImportOrder(
    String peer,
    String source,
    Content content,
    Mapping reading,
    Validators validators,
    boolean fewer) {
  private static final Pattern PEER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /// The maximum length of a source, in characters.
  public static final int MAX_SOURCE = 1000;

  /// The files of an import.
  public sealed interface Content {
    /// The `audits.toml` of a peer.
    record Peer(Bytes file) implements Content {}

    /// The three files of a project's own store.
    record Project(Bytes audits, Bytes config, Bytes lock) implements Content {}
  }

  /// The rules by which a peer's audits are read. The criteria of a project are not mapped.
  ///
  /// @param criteria the local criteria by the peer's criterion
  /// @param exclude the crates whose entries are ignored
  public record Mapping(SortedMap<String, List<String>> criteria, Set<String> exclude) {
    /// The reading without mapping or exclusions. Built-in criteria keep their meaning.
    public static final Mapping PLAIN = new Mapping(new TreeMap<>(), Set.of());

    /// Copies the collections.
    public Mapping {
      criteria = Collections.unmodifiableSortedMap(new TreeMap<>(criteria));
      exclude = Set.copyOf(exclude);
    }
  }

  /// Checks the nickname and the source.
  ///
  /// @throws MalformedException if the nickname or the source is malformed
  public AuditImportOrder {
    requirePeer(peer);
    if (source.isBlank() || source.length() > MAX_SOURCE || source.indexOf('\n') >= 0) {
      throw new MalformedException(
          "cannot import audits: the source is one line of 1 to " + MAX_SOURCE + " characters");
    }
  }

  /// Refuses a malformed nickname.
  ///
  /// @throws MalformedException if the nickname is malformed
  public static void requirePeer(String peer) {
    if (!PEER.matcher(peer).matches()) {
      throw new MalformedException(
          "cannot import audits as '"
              + Excerpt.of(peer)
              + "': expected 1 to 64 lower-case letters, digits or hyphens");
    }
  }
}
