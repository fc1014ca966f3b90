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
import lazaret.vetting.index.Validators;

/// An order to take over what somebody has audited.
///
/// @param peer the nickname: 1 to 64 lower-case letters, digits and hyphens
/// @param source where it came from, for people; an address is asked again on a schedule
/// @param content what is taken over
/// @param reading how a peer's words are read
/// @param validators what the source gave to ask for changes with
/// @param fewer whether it is taken even where it says less than half of what it said before
public record AuditOrder(
    String peer,
    String source,
    Content content,
    Reading reading,
    Validators validators,
    boolean fewer) {
  private static final Pattern PEER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /// The longest source that is kept, in characters.
  public static final int MAX_SOURCE = 1000;

  /// What is taken over.
  public sealed interface Content {
    /// A peer's `audits.toml`.
    record Peer(Bytes file) implements Content {}

    /// The three files of a project's own store.
    record Project(Bytes audits, Bytes config, Bytes lock) implements Content {}
  }

  /// How a peer's words are read; a project's own are taken as they are.
  ///
  /// @param criteria our criteria by the peer's
  /// @param exclude crates of which nothing is taken
  public record Reading(SortedMap<String, List<String>> criteria, Set<String> exclude) {
    /// Built-in criteria mean themselves, and nothing is left out.
    public static final Reading PLAIN = new Reading(new TreeMap<>(), Set.of());

    /// Copies the collections.
    public Reading {
      criteria = Collections.unmodifiableSortedMap(new TreeMap<>(criteria));
      exclude = Set.copyOf(exclude);
    }
  }

  /// Checks the nickname and the source.
  ///
  /// @throws MalformedException if one has not the form
  public AuditOrder {
    requirePeer(peer);
    if (source.isBlank() || source.length() > MAX_SOURCE || source.indexOf('\n') >= 0) {
      throw new MalformedException(
          "cannot import audits: the source is one line of 1 to " + MAX_SOURCE + " characters");
    }
  }

  /// Refuses what is no nickname.
  ///
  /// @throws MalformedException if it has not the form
  public static void requirePeer(String peer) {
    if (!PEER.matcher(peer).matches()) {
      throw new MalformedException(
          "cannot import audits as '"
              + Excerpt.of(peer)
              + "': expected 1 to 64 lower-case letters, digits or hyphens");
    }
  }
}
