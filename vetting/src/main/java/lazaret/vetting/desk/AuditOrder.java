package lazaret.vetting.desk;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// An order to take over what a peer has audited.
///
/// @param peer the nickname: 1 to 64 lower-case letters, digits and hyphens
/// @param source where the file came from, for people
/// @param file the peer's `audits.toml`
/// @param criteria our criteria by the peer's
/// @param exclude crates of which nothing is taken
public record AuditOrder(
    String peer,
    String source,
    Bytes file,
    SortedMap<String, List<String>> criteria,
    Set<String> exclude) {
  private static final Pattern PEER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /// The longest source that is kept, in characters.
  public static final int MAX_SOURCE = 1000;

  /// Copies the collections and checks the nickname.
  ///
  /// @throws MalformedException if the nickname or the source has not the form
  public AuditOrder {
    if (!PEER.matcher(peer).matches()) {
      throw new MalformedException(
          "cannot import audits as '"
              + Excerpt.of(peer)
              + "': expected 1 to 64 lower-case letters, digits or hyphens");
    }
    if (source.isBlank() || source.length() > MAX_SOURCE || source.indexOf('\n') >= 0) {
      throw new MalformedException(
          "cannot import audits: the source is one line of 1 to " + MAX_SOURCE + " characters");
    }
    criteria = Collections.unmodifiableSortedMap(new TreeMap<>(criteria));
    exclude = Set.copyOf(exclude);
  }
}
